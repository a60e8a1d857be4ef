import type { Raster } from './decode.ts'
import type { LookWarning } from './result.ts'

/** Largest less smallest channel that one pixel in 200 has. A smear has 15 or more, of stained cells 70; grey pictures come close to 0. */
const LEAST_COLOUR = 10
/** Median brightness, 0..255, below which the ground is dark. Smears have 52 or more. */
const DARK_GROUND = 40
/** From this difference between the channels on a pixel has a colour that says something. */
const COLOURED = 25
/** Share of coloured pixels that are greenest. Stain takes green: smears of stained cells have less than 0.5, most negatives more. */
const GREENEST = 0.5
/**
 * Steepest slopes (one pixel in 200), per pixel of 0.25 µm and as a share of the picture's contrast. Photographs have 0.13 or more,
 * the same blurred by a Gaussian of 1 µm 0.12 or less.
 */
const FOCUSED_SLOPE = 0.12
/** Below this contrast, of 255, there is nothing to be sharp. */
const LEAST_CONTRAST = 20

/** What `look` goes by, of a picture at 0.25 µm per pixel. */
export interface Looks {
  /** Largest less smallest channel that one pixel in 200 has. */
  colour: number
  /** Median brightness, 0..255. */
  middle: number
  /** Share of the coloured pixels that are greenest. */
  greenest: number
  /** Whether more of the brightness lies above the middle than below it, as where the ground is dark. */
  darkSided: boolean
  /** Between the darkest and the brightest pixels but for one in 200 each. */
  contrast: number
  /** Steepest slopes (one pixel in 200) per pixel, as a share of the contrast. */
  slope: number
}

export function looksOf({ data, width, height }: Raster): Looks {
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
  const contrast = bright(0.995) - bright(0.005)
  return {
    colour: quantile(byColour, 0.995),
    middle,
    greenest: coloured === 0 ? 0 : greenest / coloured,
    darkSided: middle - bright(0.05) < bright(0.95) - middle,
    contrast,
    slope: contrast === 0 ? 0 : steepest(brightness, width, height) / contrast,
  }
}

/**
 * Whether a field at 0.25 µm per pixel, from an original of `umPerPixel`, looks like a stained smear at all, by its brightness,
 * colours and slopes. The limits lie between what pictures of split train have and the same made grey, negative or blurred:
 * `npm run -s bench -- look`.
 */
export function look(picture: Raster, umPerPixel: number): LookWarning[] {
  const { colour, middle, greenest, darkSided, contrast, slope } = looksOf(picture)
  if (colour < LEAST_COLOUR || middle < DARK_GROUND || (greenest > GREENEST && darkSided))
    return ['NOT_A_STAINED_SMEAR']
  // What was coarser than this to begin with has no steeper slopes.
  const limit = FOCUSED_SLOPE * Math.min(1, 0.25 / umPerPixel)
  return contrast >= LEAST_CONTRAST && slope < limit ? ['OUT_OF_FOCUS'] : []
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
