import type { Raster } from './decode.ts'
import { cut } from './tiles.ts'

export type Point = [x: number, y: number]

/** Square crops of a raster, one behind the other, with where each begins. */
export type Crops = { data: Uint8Array; size: number; corners: Point[] }

/**
 * Cuts a square of `size` pixels around each centre (raster pixels; moved to whole pixels). What lies outside the
 * raster is filled by repeating its edge pixels.
 */
export function crops(raster: Raster, centres: readonly Point[], size: number): Crops {
  const bytes = size * size * 3
  const data = new Uint8Array(centres.length * bytes)
  const corners = centres.map(([x, y]): Point => [Math.round(x - size / 2), Math.round(y - size / 2)])
  for (const [i, [x, y]] of corners.entries()) {
    cut(raster, { x, y, width: size, height: size }, data.subarray(i * bytes, (i + 1) * bytes))
  }
  return { data, size, corners }
}
