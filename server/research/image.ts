import sharp from 'sharp'
import { decode, openImage } from '../../vision/index.ts'

/**
 * A field's picture as a PNG that is made from its pixels alone: nothing of the file is copied, so no EXIF, XMP, ICC profile,
 * TIFF tag, text chunk or further page, such as a scanner's picture of the label, can come along. It is upright, as the
 * boxes of its cells are. Errors: those of vision's `openImage` and `decode`.
 */
export async function bareImage(file: string): Promise<Buffer> {
  const { data, width, height } = await decode(await openImage(file))
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
}
