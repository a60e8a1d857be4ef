import { decode, type FieldImage, type Raster } from '../decode.ts'
import { type Stain, stain } from '../stain.ts'
import { type Disc, findDiscs, onceEach } from './find-discs.ts'
import { traceOutline } from './trace-outline.ts'

export type ScaleEstimate = {
  /** Of the original. */
  umPerPixel: number
  /** Standard deviation of ln(umPerPixel) that is believed: within twice as much in 19 of 20 fields. */
  spread: number
  /** The spread is below SURE_BELOW. Otherwise the scale may be wrong by a factor. */
  sure: boolean
  /** Discs that were taken for red cells of that size. */
  redCells: number
}

/** Assumed where neither red cells nor nuclei are found: a 100× oil objective with a common camera. */
export const DEFAULT_UM_PER_PIXEL = 0.1
/** The answer where nothing is found. It may be wrong by several times. */
export const NOTHING_SEEN: ScaleEstimate = {
  umPerPixel: DEFAULT_UM_PER_PIXEL,
  spread: 1,
  sure: false,
  redCells: 0,
}
/** Below this spread a scale is right within 10 % in nine of ten fields, and within 25 % in nearly all. */
export const SURE_BELOW = 0.09
/** How much the mean size of red cells differs from patient to patient and smear to smear, on a logarithmic scale. */
export const BETWEEN_SLIDES = 0.06

/**
 * Diameters, µm. The red cells of a smear are 7.2 µm across, the nuclei of marrow 8.5 µm: so the training splits of the
 * sources whose scale is known agree best. The rest are standard deviations on a logarithmic scale: `vote` of the discs that
 * vote for a scale, `each` of one cell and `shared` of what all cells of a field have in common.
 */
const RED_CELL = { diameter: 7.2, vote: 0.15, each: 0.1, shared: BETWEEN_SLIDES }
const NUCLEUS = { diameter: 8.5, vote: 0.3, each: 0.4, shared: 0.1 }
/** A nucleus says less than a red cell. */
const NUCLEUS_WEIGHT = 0.5
/** Cells whose size differs by more from what the scale expects are other things (logarithm). */
const ALIKE = 0.25
/** What a second scale with nearly as many votes, further off than ALIKE, adds to the spread. */
const DOUBT = 0.3

const WINDOW = 1280
/** Diameter in the picture looked at, pixels, from which a closer look would show nothing new. */
const LARGE = 28
const LEAST_CONTRAST = 0.02
/** Share of a followed outline that must be seen. */
const MIN_SUPPORT = 0.45
/** So many of the best seen discs say all that a field can say, and more only take time. */
const ENOUGH = 300
/** Logarithms of the scales tried: 0.01..5 µm per pixel in steps of 2 %. */
const SCALES = Array.from({ length: 314 }, (_, i) => Math.log(0.01 * 1.02 ** i))

/**
 * Estimates the scale of a field from its round cells. The whole field is looked at first, reduced to 1280 pixels;
 * where that leaves the red cells small, the middle of it at twice the resolution, and so on.
 *
 * Errors: those of `decode`.
 */
export async function estimateScale(image: FieldImage): Promise<ScaleEstimate> {
  let zoom = Math.min(1, WINDOW / Math.max(image.width, image.height))
  let best = fromCells(await middle(image, zoom), zoom)
  while (zoom < 1 && !(best.sure && isLarge(best, zoom))) {
    zoom = Math.min(1, zoom * 2)
    const nearer = fromCells(await middle(image, zoom), zoom)
    if (nearer.sure || nearer.spread < best.spread) best = nearer
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

/** By its size a cell says a scale, by its weight, 0..1, how clearly it was seen. */
type Cell = { diameter: number; weight: number }

/** Every disc votes for the scales that would make it a red cell, or a nucleus; those that voted for the winner give it. */
function fromCells(raster: Raster, zoom: number): ScaleEstimate {
  const { red, nuclei } = findCells(stain(raster))
  const votes = SCALES.map(
    (scale) => vote(red, scale, RED_CELL) + NUCLEUS_WEIGHT * vote(nuclei, scale, NUCLEUS),
  )
  const most = Math.max(...votes)
  const winner = SCALES[votes.indexOf(most)]!
  const runnerUp = Math.max(...votes.filter((_, i) => Math.abs(SCALES[i]! - winner) > ALIKE))
  const [byRed, byNuclei] = [meanScale(red, winner, RED_CELL), meanScale(nuclei, winner, NUCLEUS)]
  const precision = byRed.precision + byNuclei.precision
  if (precision === 0) return NOTHING_SEEN
  const scale = (byRed.scale * byRed.precision + byNuclei.scale * byNuclei.precision) / precision
  const spread = Math.min(
    Math.hypot(Math.sqrt(1 / precision), DOUBT * (runnerUp / most) ** 3),
    NOTHING_SEEN.spread,
  )
  return { umPerPixel: Math.exp(scale) * zoom, spread, sure: spread < SURE_BELOW, redCells: byRed.cells }
}

function findCells(stained: Stain): { red: Cell[]; nuclei: Cell[] } {
  const { density } = stained
  const discs = findDiscs(density, LEAST_CONTRAST).slice(0, ENOUGH)
  const [red, nuclei]: [Cell[], Cell[]] = [[], []]
  for (const disc of onceEach(discs.map((disc) => traceOutline(density, disc)))) {
    if (disc.support < MIN_SUPPORT) continue
    const nuclear = nuclearShare(disc, stained)
    const diameter = 2 * disc.radius
    if (nuclear < 0.05) red.push({ diameter, weight: (disc.support * (1 - disc.ground)) ** 2 })
    if (nuclear >= 0.5) nuclei.push({ diameter, weight: disc.support ** 2 })
  }
  return { red, nuclei }
}

/** Larger discs count a little more: small round things are many, and most of them are no cells. */
function vote(cells: readonly Cell[], scale: number, kind: typeof RED_CELL): number {
  let sum = 0
  for (const { diameter, weight } of cells) {
    const deviation = (Math.log(kind.diameter / diameter) - scale) / kind.vote
    sum += weight * Math.sqrt(diameter) * Math.exp((-deviation * deviation) / 2)
  }
  return sum
}

/** The mean of what the cells near a scale say, logarithms, with its precision (1 / variance): 0 where there are none. */
function meanScale(cells: readonly Cell[], near: number, { diameter, each, shared }: typeof RED_CELL) {
  const said = cells
    .map((cell) => ({ scale: Math.log(diameter / cell.diameter), weight: cell.weight }))
    .filter(({ scale }) => Math.abs(scale - near) < ALIKE)
  const weight = said.reduce((sum, cell) => sum + cell.weight, 0)
  if (weight === 0) return { scale: near, precision: 0, cells: 0 }
  const scale = said.reduce((sum, cell) => sum + cell.weight * cell.scale, 0) / weight
  return { scale, precision: 1 / (shared ** 2 + each ** 2 / weight), cells: said.length }
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
