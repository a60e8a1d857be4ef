import sharp from 'sharp'
import type { Raster } from '../../vision/index.ts'

/** What lies beyond the border of the field: #e8e8e8. */
const BEYOND = 0xe8

/** A square of `side` pixels of the field around a point, as a WebP of `size` pixels. */
export function cutCrop(field: Raster, x: number, y: number, side: number, size: number): Promise<Buffer> {
  const width = Math.max(1, Math.round(side))
  const data = window(field, Math.round(x - side / 2), Math.round(y - side / 2), width)
  return sharp(data, { raw: { width, height: width, channels: 3 } })
    .resize(size, size)
    .webp({ quality: 85, effort: 0 })
    .toBuffer()
}

/** RGB pixels of a square whose top left corner may lie outside. */
function window(field: Raster, left: number, top: number, side: number): Uint8Array {
  const out = new Uint8Array(side * side * 3).fill(BEYOND)
  const from = Math.max(left, 0)
  const to = Math.min(left + side, field.width)
  if (to <= from) return out
  for (let y = Math.max(top, 0); y < Math.min(top + side, field.height); y++) {
    const start = (y * field.width + from) * 3
    out.set(field.data.subarray(start, start + (to - from) * 3), ((y - top) * side + from - left) * 3)
  }
  return out
}
