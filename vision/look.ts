import type { Raster } from './decode.ts'
import type { LookWarning } from './result.ts'

/** Largest less smallest channel that one pixel in 200 has. A smear has 45 or more; grey pictures come close to 0. */
const LEAST_COLOUR = 14
/** Median brightness, 0..255, below which the ground is dark. Smears have 55 or more. */
const DARK_GROUND = 40
/** From this difference between the channels on a pixel has a colour that says something. */
const COLOURED = 25
/** Share of coloured pixels that are greenest. Stain takes green: smears have 0.3 at most, negatives 0.6 or more. */
const GREENEST = 0.5
/**
 * Steepest slopes (one pixel in 200), per pixel of 0.25 µm and as a share of the picture's contrast. Photographs have 0.14 or more,
 * the same blurred by a Gaussian of 1 µm 0.12 or less.
 */
const FOCUSED_SLOPE = 0.12
/** Below this contrast, of 255, there is nothing to be sharp. */
const LEAST_CONTRAST = 20

/**
 * Whether a field at 0.25 µm per pixel, from an original of `umPerPixel`, looks like a stained smear at all, by its brightness,
 * colours and slopes. The limits lie between what 60 pictures (split train, of bccd any split) of each of eight sources have and the same made
 * grey, negative or blurred.
 */
export function look({ data, width, height }: Raster, umPerPixel: number): LookWarning[] {
  const pixels = width * height
  const brightness = new Float32Array(pixels)
  const [byBrightness, byColour] = [new Uint32Array(256), new Uint32Array(256)]
  let [coloured, greenest] = [0, 0]
  for (let i = 0; i < pixels; i++) {
    const [r, g, b] = [data[3 * i]!, data[3 * i + 1]!, data[3 * i + 2]!]
    const colour = Math.max(r, g, b) - Math.min(r, g, b)
    const y = 0.299 * r + 0.587 * g + 0.114 * b
    brightness[i] = y
    byBrightness[Math.round(y)]!++
    byColour[colour]!++
    if (colour < COLOURED) continue
    coloured++
    if (g >= r && g >= b) greenest++
  }
  const bright = (share: number) => quantile(byBrightness, share)
  const middle = bright(0.5)
  const negative = greenest > GREENEST * coloured && middle - bright(0.05) < bright(0.95) - middle
  if (quantile(byColour, 0.995) < LEAST_COLOUR || middle < DARK_GROUND || negative)
    return ['NOT_A_STAINED_SMEAR']
  const contrast = bright(0.995) - bright(0.005)
  // What was coarser than this to begin with has no steeper slopes.
  const limit = FOCUSED_SLOPE * Math.min(1, 0.25 / umPerPixel)
  const blurred = contrast >= LEAST_CONTRAST && steepest(brightness, width, height) < limit * contrast
  return blurred ? ['OUT_OF_FOCUS'] : []
}

/** The slope that one pixel in 200 exceeds, to an eighth of a level. */
function steepest(brightness: Float32Array, width: number, height: number): number {
  const slopes = new Uint32Array(2048)
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x
      const across = brightness[i + 1]! - brightness[i - 1]!
      const down = brightness[i + width]! - brightness[i - width]!
      slopes[Math.min(2047, Math.round(4 * Math.hypot(across, down)))]!++
    }
  }
  return quantile(slopes, 0.995) / 8
}

function quantile(histogram: Uint32Array, share: number): number {
  let left = share * histogram.reduce((sum, count) => sum + count, 0)
  let at = 0
  while (at < histogram.length - 1) {
    left -= histogram[at]!
    if (left <= 0) break
    at++
  }
  return at
}
