import { open } from 'node:fs/promises'
import sharp, { type Metadata, type Sharp } from 'sharp'
import { MarrowscopeError } from '../cytology/index.ts'
import { scaleFromDensity, scaleFromTiff } from './scale/metadata-scale.ts'
import { readTiffTags } from './scale/tiff-tags.ts'

export const MAX_PIXELS = 200_000_000

type Format = 'jpeg' | 'png' | 'webp' | 'tiff'

/** Interleaved 8-bit RGB: `data.length === width * height * 3`, rows from the top. */
export type Raster = { data: Uint8Array; width: number; height: number }

/** One photograph of a smear, not decoded yet. */
export type FieldImage = {
  /** Path of the file, or a name for messages. */
  file: string
  /** Pixels, after the EXIF orientation has been applied. */
  width: number
  height: number
  /** µm per pixel as the file's metadata say; undefined when they say nothing that a microscope could have. */
  umPerPixel: number | undefined
  source: { path: string; format: Format } | Raster
}

/**
 * Looks at an image file: JPEG, PNG, WebP or TIFF (its first page), 8 or 16 bit, grey or colour, at most 200 megapixels.
 * Nothing is decoded yet, so a file that is cut short may only show itself when its pixels are read.
 *
 * Errors: FIELD_NOT_FOUND, FIELD_NOT_READABLE, FIELD_NOT_DECODABLE, FIELD_TRUNCATED, IMAGE_TOO_LARGE.
 */
export async function openImage(path: string): Promise<FieldImage> {
  const format = sniff(path, await firstBytes(path))
  const metadata = await explainFailure(path, format, () =>
    sharp(path, { limitInputPixels: false }).metadata(),
  )
  const { width, height } = metadata.autoOrient
  if (width * height > MAX_PIXELS) {
    throw new MarrowscopeError(
      'IMAGE_TOO_LARGE',
      `${path} has ${Math.round((width * height) / 1e6)} megapixels and at most 200 are read; cut it into smaller fields.`,
      { file: path },
    )
  }
  return {
    file: path,
    width,
    height,
    umPerPixel: await metadataScale(path, format, metadata),
    source: { path, format },
  }
}

/** A field that is in memory already: drawn by the test kit, or cut out of another. */
export function imageFromRaster(raster: Raster, file = 'raster', umPerPixel?: number): FieldImage {
  return { file, width: raster.width, height: raster.height, umPerPixel, source: raster }
}

/**
 * Decodes the whole image, upright, as 8-bit sRGB: 16 bit scaled down, grey spread over three channels, colour
 * profiles and CMYK converted, transparency laid on white. `shape` may resize the picture on the way, so that a
 * large file is never in memory at its full size.
 *
 * Errors: FIELD_NOT_DECODABLE, FIELD_TRUNCATED, FIELD_NOT_FOUND, FIELD_NOT_READABLE.
 */
export async function decode(image: FieldImage, shape: (picture: Sharp) => Sharp = same): Promise<Raster> {
  const { source, file } = image
  if (!('path' in source)) {
    const { data, width, height } = source
    return toRaster(shape(sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false })))
  }
  const options = { failOn: 'error', limitInputPixels: MAX_PIXELS, sequentialRead: true } as const
  return explainFailure(file, source.format, () =>
    toRaster(shape(sharp(source.path, options).autoOrient().flatten({ background: '#fff' }))),
  )
}

const same = (picture: Sharp) => picture

async function toRaster(picture: Sharp): Promise<Raster> {
  const { data, info } = await picture
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

async function firstBytes(path: string): Promise<Buffer> {
  try {
    const file = await open(path)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new MarrowscopeError('FIELD_NOT_FOUND', `There is no file ${path}; check its name.`, {
        file: path,
        cause,
      })
    }
    throw new MarrowscopeError(
      'FIELD_NOT_READABLE',
      `${path} cannot be read; check that it is a file you may open.`,
      {
        file: path,
        cause,
      },
    )
  }
}

/** Only these four formats reach the decoder, whatever the file is called and whatever else the decoder knows. */
function sniff(path: string, head: Buffer): Format {
  const hex = head.toString('hex')
  if (hex.startsWith('ffd8ff')) return 'jpeg'
  if (hex.startsWith('89504e470d0a1a0a')) return 'png'
  if (/^(49492a00|4d4d002a|49492b00|4d4d002b)/.test(hex)) return 'tiff'
  if (hex.startsWith('52494646') && head.toString('latin1', 8, 12) === 'WEBP') return 'webp'
  const why = head.length === 0 ? 'is empty' : 'is not a JPEG, PNG, WebP or TIFF image'
  throw new MarrowscopeError(
    'FIELD_NOT_DECODABLE',
    `${path} ${why}; save the field in one of these formats again.`,
    {
      file: path,
    },
  )
}

async function metadataScale(path: string, format: Format, metadata: Metadata): Promise<number | undefined> {
  return format === 'tiff' ? scaleFromTiff(await readTiffTags(path)) : scaleFromDensity(metadata.density)
}

async function explainFailure<T>(path: string, format: Format, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    if (await cutShort(path, format, String(cause))) {
      throw new MarrowscopeError(
        'FIELD_TRUNCATED',
        `${path} is cut short; copy it again from where it came from.`,
        {
          file: path,
          cause,
        },
      )
    }
    throw new MarrowscopeError(
      'FIELD_NOT_DECODABLE',
      `${path} is damaged and cannot be decoded; export it again.`,
      {
        file: path,
        cause,
      },
    )
  }
}

/** The decoders for JPEG and PNG say when the file ended too early; a WebP and a TIFF state how long they should be. */
async function cutShort(path: string, format: Format, message: string): Promise<boolean> {
  if (format === 'tiff') return (await readTiffTags(path)).cutShort
  if (format !== 'webp') return /premature end|read error|end of (file|stream)/i.test(message)
  const file = await open(path)
  try {
    const head = (await file.read(Buffer.alloc(8), 0, 8, 0)).buffer
    return head.readUInt32LE(4) + 8 > (await file.stat()).size
  } finally {
    await file.close()
  }
}
