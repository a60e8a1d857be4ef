import { fromFile, type GeoTIFF, type GeoTIFFImage } from 'geotiff'
import { readBigEndianLists } from './big-endian-lists.ts'
import { FieldRefused } from './field-refused.ts'
import { opaqueOf, type SampleKind, whiteOf } from './sample-levels.ts'
import type { TiffPage } from './scale/tiff-tags.ts'

/** Interleaved 8-bit samples, rows from the top: 1 grey, 3 RGB, 4 RGB with transparency. */
export type Samples = { data: Uint8Array; width: number; height: number; channels: 1 | 3 | 4 }

/** Bytes of samples that are in memory at once. */
const AT_ONCE = 400_000_000
const FORMATS: Record<number, SampleKind['format']> = {
  1: 'unsigned',
  2: 'signed',
  3: 'float',
  4: 'unsigned',
}
const WHITE_IS_ZERO = 0
const GREY = 1
const RGB = 2

type Values = ArrayLike<number>
/** Rows `top` to `bottom` of a picture: of each page its interleaved samples. */
type Band = { top: number; bottom: number; values: Values[] }

/**
 * The pixels of TIFF pages whose samples the ordinary decoder does not read or reads wrong: of any number type and depth,
 * with Zstandard or LERC, or one page for each colour. What is white follows `whiteOf`, over all pages together;
 * `stretched` where that is not the largest number that the samples can hold.
 *
 * Errors: FIELD_SAMPLES_NOT_READ; whatever the decoder throws where the file is damaged.
 */
export async function readSamples(
  path: string,
  pages: readonly TiffPage[],
  numbers: readonly number[],
): Promise<{ samples: Samples; stretched: boolean }> {
  const first = pages[numbers[0]!]!
  const { width, height, samples, photometric } = first
  const colours = numbers.length === 3 || photometric === RGB ? 3 : 1
  if (![WHITE_IS_ZERO, GREY, RGB].includes(photometric))
    throw new FieldRefused(
      'FIELD_SAMPLES_NOT_READ',
      'holds colours in a way that is not read with its numbers or compression; save it as RGB with 8 or 16 bits',
    )
  if (!isNumberRead(first))
    throw new FieldRefused(
      'FIELD_SAMPLES_NOT_READ',
      `holds numbers of ${first.bits.join(', ')} bits in a form that is not read; save it as RGB with 8 or 16 bits`,
    )
  const alpha = colours === 3 && samples === 4 && isTransparency(first)
  const channels = alpha ? 4 : colours
  const tiff = await fromFile(path)
  try {
    const images = await Promise.all(numbers.map((number) => tiff.getImage(number)))
    if (!first.littleEndian) for (const image of images) await readBigEndianLists(image, path)
    // What the decoder has unpacked lies in memory as this machine orders its bytes, whatever the file does.
    if (isUnpacked(first)) for (const image of images) image.littleEndian = true
    const { least, most, mostAlpha } = await range(images, first, colours)
    const white = whiteOf(least, most, kindOf(first))
    const data = new Uint8Array(width * height * channels)
    const topOfSamples = 2 ** first.bits[0]! - 1
    const invert = photometric === WHITE_IS_ZERO
    const alphaWhite = first.sampleFormat === 3 || mostAlpha > 1 ? opaqueOf(mostAlpha) : topOfSamples
    for await (const { top, bottom, values } of bands(images, first)) {
      const [of, step] = numbers.length === 3 ? [1, 3] : [samples, channels]
      for (const [page, from] of values.entries()) {
        for (let i = 0; i < (bottom - top) * width; i++) {
          for (let c = 0; c < Math.min(of, channels); c++) {
            const share = from[i * of + c]! / (c === 3 ? alphaWhite : white)
            const value = Math.min(Math.max(share, 0), 1) * 255
            data[(top * width + i) * step + page + c] = Math.round(invert ? 255 - value : value)
          }
        }
      }
    }
    const full = first.sampleFormat === 3 ? Number.NaN : topOfSamples
    return { samples: { data, width, height, channels }, stretched: white !== full }
  } finally {
    await close(tiff)
  }
}

const DEPTHS: Record<SampleKind['format'], (bits: number) => boolean> = {
  unsigned: (bits) => bits <= 16 || bits === 32,
  signed: (bits) => [8, 16, 32].includes(bits),
  float: (bits) => [16, 32, 64].includes(bits),
}
const LERC = 34887

/**
 * The decoder takes differences of whole numbers as if every file had the byte order of this machine, and looks for the second of
 * several packed samples in the wrong place.
 */
function isNumberRead({ bits, sampleFormat, samples, predictor, littleEndian }: TiffPage): boolean {
  if (bits.some((b) => b !== bits[0]) || !DEPTHS[FORMATS[sampleFormat] ?? 'unsigned'](bits[0]!)) return false
  if (bits[0]! % 8 !== 0 && samples > 1) return false
  return predictor !== 2 || bits[0] === 8 || littleEndian
}

function isUnpacked({ bits, compression, predictor }: TiffPage): boolean {
  return ![8, 16, 32, 64].includes(bits[0]!) || compression === LERC || predictor === 3
}

/** Samples beyond the colours say how opaque a pixel is. */
export function isTransparency({ extraSamples: [first] }: TiffPage): boolean {
  return first === 1 || first === 2
}

/** As the page says: number type, depth and what of it matters. */
export function kindOf({ bits, sampleFormat, description, maxSample }: TiffPage): SampleKind {
  const significant = Number(/\bSignificantBits\s*=\s*["'](\d+)["']/.exec(description)?.[1] ?? Number.NaN)
  const fromMax = maxSample ? Math.ceil(Math.log2(maxSample + 1)) : Number.NaN
  const said = [significant, fromMax].find((depth) => depth >= 8 && depth < bits[0]!)
  return { bits: bits[0]!, format: FORMATS[sampleFormat] ?? 'unsigned', saidBits: said }
}

/** Of the colours, not a number where any is none; and the most of a fourth sample. */
async function range(images: GeoTIFFImage[], { samples }: TiffPage, colours: number) {
  let least = Number.POSITIVE_INFINITY
  let most = Number.NEGATIVE_INFINITY
  let mostAlpha = 0
  const of = images.length === 3 ? 1 : samples
  const first = images[0]!
  for await (const { values } of bands(images, { width: first.getWidth(), height: first.getHeight() })) {
    for (const from of values) {
      for (let i = 0; i < from.length; i += of) {
        for (let c = 0; c < Math.min(of, colours); c++) {
          const value = from[i + c]!
          if (!Number.isFinite(value)) return { least: Number.NaN, most: Number.NaN, mostAlpha }
          if (value < least) least = value
          if (value > most) most = value
        }
        if (of > colours && from[i + colours]! > mostAlpha) mostAlpha = from[i + colours]!
      }
    }
  }
  return { least, most, mostAlpha }
}

async function* bands(
  images: GeoTIFFImage[],
  { width, height }: { width: number; height: number },
): AsyncGenerator<Band> {
  const bytesOfRow = width * images.reduce((sum, image) => sum + image.getBytesPerPixel(), 0)
  const tall = images[0]!.getTileHeight()
  const rows = Math.max(tall, Math.floor(AT_ONCE / bytesOfRow / tall) * tall)
  for (let top = 0; top < height; top += rows) {
    const bottom = Math.min(height, top + rows)
    const values = await Promise.all(
      images.map(
        async (image) =>
          (await image.readRasters({
            window: [0, top, width, bottom],
            interleave: true,
          })) as unknown as Values,
      ),
    )
    yield { top, bottom, values }
  }
}

async function close(tiff: GeoTIFF): Promise<void> {
  await Promise.resolve(tiff.close())
}
