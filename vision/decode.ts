import { open } from 'node:fs/promises'
import sharp, { type Sharp } from 'sharp'
import { MarrowscopeError } from '../cytology/index.ts'
import { cameraName, cameraOfExif } from './camera-name.ts'
import { FieldRefused } from './field-refused.ts'
import { type FileKind, readableKind } from './file-kind.ts'
import { decodeOther } from './other-decoders.ts'
import { sizeInHeader } from './picture-size.ts'
import { type Opened, openPicture, type PictureFile } from './picture-source.ts'
import type { OpenWarning } from './result.ts'
import { scaleFromDensity, scaleFromTiff } from './scale/metadata-scale.ts'
import { readTiffPages } from './scale/tiff-tags.ts'
import { layoutOf } from './tiff-layout.ts'
import { refuseUnread } from './tiff-refusals.ts'

export const MAX_PIXELS = 200_000_000

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
  /** Make and model of the camera as the file names them; undefined when it names none. */
  camera?: string | undefined
  source: PictureFile | Raster
}

/**
 * Looks at an image file: JPEG, PNG, WebP, TIFF, BMP, HEIC, AVIF, JPEG 2000 or JPEG XL by its content, at most 200 megapixels. Of
 * several pages the largest; three grey ones that are said to be channels are one picture.
 * Nothing is decoded yet (but JPEG XL), so a file that is cut short may only show itself when its pixels are read.
 *
 * Errors: FIELD_NOT_FOUND, FIELD_NOT_READABLE, FIELD_NOT_DECODABLE, FIELD_TRUNCATED, IMAGE_TOO_LARGE, and for what is sound but
 * not read FIELD_FORMAT_NOT_READ, FIELD_COMPRESSION_NOT_READ, FIELD_SAMPLES_NOT_READ.
 */
export async function openImage(path: string): Promise<FieldImage> {
  const kind = await readableKind(path)
  const seen = await explainFailure(path, kind, () => look(path, kind))
  const { width, height } = seen
  if (width * height > MAX_PIXELS) {
    throw new MarrowscopeError(
      'IMAGE_TOO_LARGE',
      `${path} has ${Math.round((width * height) / 1e6)} megapixels and at most 200 are read; cut it into smaller fields.`,
      { file: path },
    )
  }
  return { file: path, ...seen }
}

type Look = Omit<FieldImage, 'file' | 'source'> & { source: PictureFile }

async function look(path: string, kind: FileKind): Promise<Look> {
  if (kind === 'tiff') return lookAtTiff(path)
  if (kind === 'bmp' || kind === 'jp2') {
    return { source: { path, kind }, ...(await sizeInHeader(path, kind)), umPerPixel: undefined }
  }
  if (kind === 'jxl') {
    const { width, height } = await decodeOther(path, kind)
    return { source: { path, kind }, width, height, umPerPixel: undefined }
  }
  const metadata = await sharp(path, { limitInputPixels: false }).metadata()
  const { width, height } = metadata.autoOrient
  const umPerPixel = scaleFromDensity(metadata.density)
  const camera = cameraOfExif(metadata.exif)
  return { source: { path, kind, metadata }, width, height, umPerPixel, camera }
}

async function lookAtTiff(path: string): Promise<Look> {
  const pages = await readTiffPages(path)
  const layout = layoutOf(pages)
  const page = pages[layout.pages[0]]!
  refuseUnread(page)
  // OME writes what it has to say in the first page.
  const description = page.description || pages[0]!.description
  const umPerPixel = scaleFromTiff({ ...page, description })
  const source: PictureFile = { path, kind: 'tiff', tiff: { pages, layout } }
  if (page.width === 0 || page.height === 0) throw new Error('no size')
  const [width, height] = page.orientation > 4 ? [page.height, page.width] : [page.width, page.height]
  return { source, width, height, umPerPixel, camera: cameraName(page.make, page.model) }
}

/** A field that is in memory already: drawn by the test kit, or cut out of another. */
export function imageFromRaster(raster: Raster, file = 'raster', umPerPixel?: number): FieldImage {
  return { file, width: raster.width, height: raster.height, umPerPixel, source: raster }
}

/**
 * Decodes the whole image, upright, as 8-bit sRGB: more bits scaled down, to white at what the file or its values say,
 * grey spread over three channels, colour profiles and CMYK converted, transparency laid on white or, where nothing would
 * be left to see, left aside. `shape` may resize the picture on the way, so that a large file is never in memory at its
 * full size.
 *
 * Errors: FIELD_NOT_DECODABLE, FIELD_TRUNCATED, FIELD_NOT_FOUND, FIELD_NOT_READABLE, FIELD_COMPRESSION_NOT_READ,
 * FIELD_SAMPLES_NOT_READ.
 */
export async function decode(image: FieldImage, shape: (picture: Sharp) => Sharp = same): Promise<Raster> {
  const { source, file } = image
  if (!('path' in source)) {
    const { data, width, height } = source
    return toRaster(shape(sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false })))
  }
  return explainFailure(file, source.kind, async () => toRaster(shape((await opened(image)).picture())))
}

/**
 * The picture as `decode` has it, for a pipeline of `sharp` that ends otherwise than in pixels, in memory.
 *
 * Errors: those of `decode`, also where the damage shows only in the pipeline.
 */
export async function fromUprightPicture<T>(
  image: FieldImage,
  pipeline: (picture: Sharp) => Promise<T>,
): Promise<T> {
  const { source, file } = image
  if (!('path' in source)) throw new Error('only of a file')
  return explainFailure(file, source.kind, async () => pipeline((await opened(image)).picture()))
}

/**
 * What was decided on while the file was read that a person must know.
 *
 * Errors: those of `decode`.
 */
export async function openWarnings(image: FieldImage): Promise<OpenWarning[]> {
  const { source, file } = image
  if (!('path' in source)) return []
  const { warnings } = await explainFailure(file, source.kind, () => opened(image))
  const several = source.tiff
    ? source.tiff.layout.warnings
    : (source.metadata?.pages ?? 1) > 1
      ? LEFT_OUT
      : []
  return [...several, ...warnings]
}

const LEFT_OUT: OpenWarning[] = ['PAGES_LEFT_OUT']
const kept = new WeakMap<FieldImage, Promise<Opened>>()

/** Once for each image, as long as it lives. */
function opened(image: FieldImage): Promise<Opened> {
  const opening = kept.get(image) ?? openPicture(image.source as PictureFile, MAX_PIXELS)
  kept.set(image, opening)
  return opening
}

const same = (picture: Sharp) => picture

async function toRaster(picture: Sharp): Promise<Raster> {
  const { data, info } = await picture
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

async function explainFailure<T>(path: string, kind: FileKind, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    if (cause instanceof MarrowscopeError) throw cause
    if (cause instanceof FieldRefused)
      throw new MarrowscopeError(cause.code, `${path} ${cause.message}.`, { file: path, cause })
    if (await cutShort(path, kind, String(cause))) {
      throw new MarrowscopeError(
        'FIELD_TRUNCATED',
        `${path} is cut short; copy it again from where it came from.`,
        { file: path, cause },
      )
    }
    throw new MarrowscopeError(
      'FIELD_NOT_DECODABLE',
      `${path} is damaged and cannot be decoded; export it again.`,
      { file: path, cause },
    )
  }
}

/** The decoders for JPEG and PNG say when the file ended too early; a WebP and a TIFF state how long they should be. */
async function cutShort(path: string, kind: FileKind, message: string): Promise<boolean> {
  if (kind === 'tiff') return (await readTiffPages(path)).some((page) => page.cutShort)
  if (kind !== 'webp') return /cut short|premature end|read error|end of (file|stream)/i.test(message)
  const file = await open(path)
  try {
    const head = (await file.read(Buffer.alloc(8), 0, 8, 0)).buffer
    return head.readUInt32LE(4) + 8 > (await file.stat()).size
  } finally {
    await file.close()
  }
}
