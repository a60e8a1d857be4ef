import { type FieldImage, MAX_PIXELS } from './decode.ts'
import type { FileKind } from './file-kind.ts'

/**
 * Bytes of memory a pixel, at most, over `decode` in full and resized and a JPEG of the whole: measured on 50 megapixels
 * (`npm run -s bench -- decode-memory`), but for HEIC, JPEG 2000 and JPEG XL, where it is what their decoders hold at once.
 */
const PER_PIXEL: Record<FileKind, number> = {
  jpeg: 10,
  png: 11,
  webp: 10,
  tiff: 10,
  bmp: 16,
  avif: 20,
  heic: 20,
  jp2: 28,
  jxl: 28,
}
/** Of PNG and TIFF with more than 8 bits, whose values may have to be stretched. */
const DEEP = 20

/** Bytes of memory that the pixels of an image need while it is decoded; undefined: of an image of which nothing is known yet. */
export function bytesToDecode(image: FieldImage | undefined): number {
  if (!image) return MAX_PIXELS * PER_PIXEL.jxl
  const { source, width, height } = image
  if (!('path' in source)) return width * height * 3
  const { kind, metadata, tiff } = source
  const isDeep = metadata?.depth === 'ushort' || tiff?.pages.some(({ bits }) => bits.some((b) => b > 8))
  return width * height * (isDeep ? Math.max(DEEP, PER_PIXEL[kind]) : PER_PIXEL[kind])
}
