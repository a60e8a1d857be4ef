import { join } from 'node:path'
import sharp from 'sharp'

/** The printable characters of ASCII, in the order of the picture. */
export const CHARACTERS = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('')
export const GLYPHS = join(import.meta.dirname, 'glyphs.png')

/** Letters of one width and height, side by side in one mask: 0 is ground, 255 is ink. */
export type Letters = { mask: Uint8Array; width: number; height: number; stride: number }

/** Letters `height` pixels high, from the top of an Å to the foot of a g. */
export async function letters(height: number): Promise<Letters> {
  const picture = sharp(GLYPHS)
  const size = await picture.metadata()
  const width = Math.max(1, Math.round((size.width / CHARACTERS.length) * (height / size.height)))
  const stride = width * CHARACTERS.length
  const mask = await picture
    .resize(stride, height, { fit: 'fill' })
    .toColourspace('b-w')
    .extractChannel(0)
    .raw()
    .toBuffer()
  return { mask, width, height, stride }
}
