import { type FieldImage, MAX_PIXELS } from './decode.ts'
import type { FileKind } from './file-kind.ts'

/**
 * Bytes of memory a pixel: a quarter more, for what is given back late, than the most that reading an image whole and writing copies of
 * it took (`npm run -s bench -- decode-memory`); of HEIC, JPEG 2000 and JPEG XL what their decoders hold at once.
 */
const PER_PIXEL: Record<FileKind, number> = {
  jpeg: 13,
  png: 14,
  webp: 13,
  tiff: 13,
  bmp: 18,
  avif: 24,
  heic: 24,
  jp2: 35,
  jxl: 35,
}
/** Of PNG and TIFF with more than 8 bits, whose values may have to be stretched. */
const DEEP = 25

/** Bytes of memory that the pixels of an image need while it is decoded; undefined: of an image of which nothing is known yet. */
export function bytesToDecode(image: FieldImage | undefined): number {
  if (!image) return MAX_PIXELS * PER_PIXEL.jxl
  const { source, width, height } = image
  if (!('path' in source)) return width * height * 3
  const { kind, metadata, tiff } = source
  const isDeep = metadata?.depth === 'ushort' || tiff?.pages.some(({ bits }) => bits.some((b) => b > 8))
  return width * height * (isDeep ? Math.max(DEEP, PER_PIXEL[kind]) : PER_PIXEL[kind])
}
