import { MarrowscopeError } from '../cytology/index.ts'
import { decode, type FieldImage, type Raster } from './decode.ts'

/** The largest field (200 megapixels) at the coarsest scale at which cells can be told apart (0.5 µm/px), at 0.25. */
const MAX_WORKING_PIXELS = 800_000_000

const kept = new WeakMap<FieldImage, Map<number, Promise<Raster>>>()

/**
 * The field at another scale: 8-bit RGB whose pixels are `to` µm wide where the original's are `from` µm wide, at
 * least one pixel each way. A raster is made once for each distinct ratio and lives as long as its image does.
 *
 * Errors: those of `decode`, and IMAGE_TOO_LARGE when the raster would have more than 800 megapixels.
 */
export function raster(image: FieldImage, from: number, to: number): Promise<Raster> {
  const rasters = kept.get(image) ?? new Map<number, Promise<Raster>>()
  kept.set(image, rasters)
  const ratio = from / to
  const raster = rasters.get(ratio) ?? resized(image, ratio)
  rasters.set(ratio, raster)
  return raster
}

async function resized(image: FieldImage, ratio: number): Promise<Raster> {
  const width = Math.max(1, Math.round(image.width * ratio))
  const height = Math.max(1, Math.round(image.height * ratio))
  if (width * height > MAX_WORKING_PIXELS) {
    throw new MarrowscopeError(
      'IMAGE_TOO_LARGE',
      `${image.file} would have ${Math.round((width * height) / 1e6)} megapixels at the working scale; check its scale or cut it into smaller fields.`,
      { file: image.file },
    )
  }
  return decode(image, (picture) => picture.resize(width, height, { fit: 'fill', fastShrinkOnLoad: false }))
}
