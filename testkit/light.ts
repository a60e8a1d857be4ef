import { clamp, cosTurn, sinTurn } from './math.ts'
import { pixelNoise } from './noise.ts'
import type { Palette } from './palettes.ts'
import { seededRandom } from './prng.ts'
import type { Raster } from './raster.ts'

/** The lamp and the camera of a field. */
export interface Light {
  /** 0..255 of an empty place in the middle. */
  colour: readonly [number, number, number]
  /** Loss of light from the middle to a corner, 0..1. */
  vignette: number
  /** Change of light over the whole width and height, -1..1. */
  slopeX: number
  slopeY: number
  /** Standard deviation of the sensor noise, grey levels. */
  noise: number
  seed: number
}

/** A lamp as uneven as `unevenness` says: 0 = even, 1 = as bad as it gets (a corner at half the light). */
export function planLight(palette: Palette, unevenness: number, noise: number, seed: number): Light {
  const random = seededRandom(seed)
  const turn = random.next()
  const slope = unevenness * random.range(0.1, 0.3)
  return {
    colour: palette.light,
    vignette: unevenness * random.range(0.2, 0.4),
    slopeX: slope * cosTurn(turn),
    slopeY: slope * sinTurn(turn),
    noise,
    seed,
  }
}

/** Light the rows first..last-1 of the field that the raster holds and write them as bytes. */
export function expose(
  raster: Raster,
  light: Light,
  first: number,
  last: number,
  height: number,
  out: Uint8Array,
): void {
  const { width } = raster
  for (let y = first; y < last; y++) {
    const v = (y + 0.5) / height - 0.5
    let source = (y - raster.top) * width * 3
    let target = y * width * 3
    for (let x = 0; x < width; x++) {
      const u = (x + 0.5) / width - 0.5
      const bright = (1 - light.vignette * 2 * (u * u + v * v)) * (1 + light.slopeX * u + light.slopeY * v)
      // Neighbouring pixels of a colour camera share part of their noise.
      const shared = pixelNoise(x >> 1, y >> 1, light.seed)
      for (let c = 0; c < 3; c++) {
        const grain = light.noise * (0.5 * shared + 0.85 * pixelNoise(x, y, light.seed + 1 + c))
        out[target++] = clamp(Math.round(raster.data[source++]! * light.colour[c]! * bright + grain), 0, 255)
      }
    }
  }
}
