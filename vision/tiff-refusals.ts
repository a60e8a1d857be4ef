import { FieldRefused } from './field-refused.ts'
import type { TiffPage } from './scale/tiff-tags.ts'

/** CCITT, LZW, old and new JPEG, Deflate in both codes, PackBits, LERC, Zstandard; 1 is none. */
const COMPRESSIONS = [1, 2, 3, 4, 5, 6, 7, 8, 32773, 32946, 34887, 50000]
const NAMES: Record<number, string> = {
  9: 'JBIG', 10: 'JBIG', 32771: 'CCITT with words', 32809: 'ThunderScan', 34661: 'JBIG', 34676: 'SGI LogLuv', 34677: 'SGI LogLuv',
  33003: 'JPEG 2000', 33004: 'JPEG 2000', 33005: 'JPEG 2000', 34712: 'JPEG 2000', 34713: 'Nikon NEF', 22610: 'JPEG XR',
  34892: 'lossy JPEG', 34925: 'LZMA', 34926: 'Zstandard in an old code', 34927: 'WebP in an old code', 34933: 'PNG', 34934: 'JPEG XR',
  50001: 'WebP', 50002: 'JPEG XL', 52546: 'JPEG XL',
} // biome-ignore format: a table

const [GREY_MOST, RGB, PALETTE, CMYK, YCBCR] = [1, 2, 3, 5, 6]
const LAB = [8, 9, 10]

/**
 * Errors: FIELD_COMPRESSION_NOT_READ, FIELD_SAMPLES_NOT_READ where no decoder here gives the page's pixels right.
 */
export function refuseUnread(page: TiffPage): void {
  const { compression, samples, photometric, sampleFormat, extraSamples } = page
  if (!COMPRESSIONS.includes(compression)) {
    const name = NAMES[compression] ?? `code ${compression}`
    throw new FieldRefused(
      'FIELD_COMPRESSION_NOT_READ',
      `is a TIFF compressed with ${name}, which is not read; save it with LZW or without compression, or as PNG`,
    )
  }
  if (LAB.includes(photometric))
    throw new FieldRefused('FIELD_SAMPLES_NOT_READ', 'holds colours as L*a*b*; save it as RGB')
  const colours = coloursOf(photometric)
  const extra = samples - (colours ?? samples)
  // A second sample beside grey is read as its transparency only where it is said to be that.
  const greyPair = colours === 1 && extra === 1 && ![1, 2].includes(extraSamples[0] ?? 0)
  if (colours === undefined || extra < 0 || extra > 1 || greyPair)
    throw new FieldRefused(
      'FIELD_SAMPLES_NOT_READ',
      `has ${samples} ${samples === 1 ? 'sample' : 'samples'} a pixel, of which nobody can tell which are red, green and blue; save it as RGB with 8 or 16 bits`,
    )
  if (sampleFormat > 4)
    throw new FieldRefused(
      'FIELD_SAMPLES_NOT_READ',
      'holds complex numbers, which are no picture; save it as RGB with 8 or 16 bits',
    )
}

function coloursOf(photometric: number): number | undefined {
  if (photometric <= GREY_MOST! || photometric === PALETTE) return 1
  if (photometric === RGB || photometric === YCBCR) return 3
  return photometric === CMYK ? 4 : undefined
}
