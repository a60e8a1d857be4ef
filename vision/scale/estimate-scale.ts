import { decode, type FieldImage, type Raster } from '../decode.ts'
import { type Stain, stain } from '../stain.ts'
import { type Disc, findDiscs } from './find-discs.ts'

export type ScaleEstimate = {
  /** Of the original. */
  umPerPixel: number
  /** Standard deviation of ln(umPerPixel) that is believed. */
  spread: number
  /** Enough red cells of one size were seen. Otherwise the scale may be wrong by a factor. */
  sure: boolean
  /** Discs that were taken for red cells of that size. */
  redCells: number
}

/** Assumed where neither red cells nor nuclei are found: a 100× oil objective with a common camera. */
export const DEFAULT_UM_PER_PIXEL = 0.1

/**
 * Diameter of the disc that is found in a cell, µm, and its standard deviation on a logarithmic scale. Red cells are
 * 7.5 µm across, but many are oval or dented and the disc follows the narrow side: 6.5 µm agrees best with the training
 * splits of the sources whose scale is known, as 8.5 µm does for the nuclei of marrow.
 */
const RED_CELL = { diameter: 6.5, spread: 0.12 }
const NUCLEUS = { diameter: 8.5, spread: 0.3 }
/** A nucleus says less than a red cell. */
const NUCLEUS_WEIGHT = 0.5

const WINDOW = 1280
/** Diameter in the picture looked at, pixels, from which a closer look would show nothing new. */
const LARGE = 28
const LEAST_CONTRAST = 0.02
/** Scales tried, µm per pixel: 0.01..5 in steps of 2 %. */
const SCALES = Float64Array.from({ length: 314 }, (_, i) => 0.01 * 1.02 ** i)

/**
 * Estimates the scale of a field from its round cells. The whole field is looked at first, reduced to 1280 pixels;
 * where that leaves the red cells small, the middle of it at twice the resolution, and so on.
 *
 * Errors: those of `decode`.
 */
export async function estimateScale(image: FieldImage): Promise<ScaleEstimate> {
  let zoom = Math.min(1, WINDOW / Math.max(image.width, image.height))
  let best = fromRedCells(await middle(image, zoom), zoom)
  while (zoom < 1 && !(best.sure && isLarge(best, zoom))) {
    zoom = Math.min(1, zoom * 2)
    const nearer = fromRedCells(await middle(image, zoom), zoom)
    if (nearer.sure || (!best.sure && nearer.redCells > best.redCells)) best = nearer
  }
  return best
}

/** Discs near the least that can be seen may be clumps of smaller ones. */
function isLarge({ umPerPixel }: ScaleEstimate, zoom: number): boolean {
  return (RED_CELL.diameter / umPerPixel) * zoom >= LARGE
}

async function middle(image: FieldImage, zoom: number): Promise<Raster> {
  const width = Math.round(image.width * zoom)
  const height = Math.round(image.height * zoom)
  const w = Math.min(width, WINDOW)
  const h = Math.min(height, WINDOW)
  return decode(image, (picture) =>
    picture
      .resize(width, height, { fit: 'fill' })
      .extract({ left: (width - w) >> 1, top: (height - h) >> 1, width: w, height: h }),
  )
}

/** Every disc votes for the scales that would make it a red cell, or a nucleus; the scale with most votes wins. */
function fromRedCells(raster: Raster, zoom: number): ScaleEstimate {
  const stained = stain(raster)
  const discs = findDiscs(stained.density, LEAST_CONTRAST).map((disc) => ({
    ...disc,
    nuclear: nuclearShare(disc, stained),
  }))
  const red = discs.filter(({ nuclear }) => nuclear < 0.1)
  const nuclei = discs.filter(({ nuclear }) => nuclear >= 0.5)
  let [scale, most] = [0, 0]
  for (const candidate of SCALES) {
    const votes = vote(red, candidate, RED_CELL) + NUCLEUS_WEIGHT * vote(nuclei, candidate, NUCLEUS)
    if (votes > most) [scale, most] = [candidate, votes]
  }
  if (most === 0) return { umPerPixel: DEFAULT_UM_PER_PIXEL, spread: 1, sure: false, redCells: 0 }
  const alike = red
    .map(({ radius }) => 2 * radius)
    .filter((diameter) => Math.abs(Math.log((diameter * scale) / RED_CELL.diameter)) < 2 * RED_CELL.spread)
    .sort((a, b) => a - b)
  if (alike.length > 0) scale = RED_CELL.diameter / alike[alike.length >> 1]!
  const sure = alike.length >= 5 && alike.length >= red.length / 2
  return { umPerPixel: scale * zoom, spread: sure ? 0.1 : 0.5, sure, redCells: alike.length }
}

/** Larger discs count a little more: small round things are many, and most of them are no cells. */
function vote(discs: readonly Disc[], umPerPixel: number, { diameter, spread }: typeof RED_CELL): number {
  let sum = 0
  for (const { radius, support } of discs) {
    const deviation = Math.log((2 * radius * umPerPixel) / diameter) / spread
    sum += support ** 2 * Math.sqrt(radius) * Math.exp((-deviation * deviation) / 2)
  }
  return sum
}

/** Share of a disc that is stained like a nucleus, 0..1, from a grid of samples. */
function nuclearShare({ x, y, radius }: Disc, { density: { width, height }, nuclear }: Stain): number {
  let seen = 0
  let stained = 0
  for (let row = -7; row <= 7; row++) {
    for (let column = -7; column <= 7; column++) {
      const px = Math.round(x + (column * radius) / 8)
      const py = Math.round(y + (row * radius) / 8)
      if (row * row + column * column > 51 || px < 0 || py < 0 || px >= width || py >= height) continue
      seen++
      stained += nuclear[py * width + px]!
    }
  }
  return seen === 0 ? 0 : stained / seen
}
