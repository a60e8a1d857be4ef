import type { Raster } from './decode.ts'
import type { Plane } from './plane.ts'

/** Optical density of red and green together from which a pixel belongs to a nucleus; red cells stay below. */
const NUCLEAR_DENSITY = 1.6

export type Stain = {
  /** Optical density in green, where both red cells and nuclei are dark; 0 is background, cut off at 1. */
  density: Plane
  /** 1 where the stain is that of a nucleus. */
  nuclear: Uint8Array
}

/**
 * How strongly each pixel is stained: the natural logarithm of background over light, by channel. The
 * background is what the brightest twentieth of the pixels reaches. Haemoglobin and eosin let red light through;
 * azure in nuclei takes both red and green.
 */
export function stain({ data, width, height }: Raster): Stain {
  const red = densities(data, 0)
  const green = densities(data, 1)
  const density = new Float32Array(width * height)
  const nuclear = new Uint8Array(width * height)
  for (let i = 0; i < density.length; i++) {
    const inGreen = green[data[3 * i + 1]!]!
    density[i] = Math.min(inGreen, 1)
    nuclear[i] = red[data[3 * i]!]! + inGreen > NUCLEAR_DENSITY ? 1 : 0
  }
  return { density: { data: density, width, height }, nuclear }
}

/**
 * The density (natural logarithm) of each of the 256 values of a channel (0 red, 1 green, 2 blue) of interleaved RGB
 * pixels, against the value that the brightest twentieth reaches.
 */
export function densities(data: Uint8Array, channel: number): Float32Array {
  const histogram = new Uint32Array(256)
  for (let i = channel; i < data.length; i += 3) histogram[data[i]!]!++
  let brighter = data.length / 3 / 20
  let background = 256
  while (background > 1 && brighter > 0) brighter -= histogram[--background]!
  return Float32Array.from({ length: 256 }, (_, value) =>
    Math.max(0, Math.log(background / Math.max(value, 1))),
  )
}
