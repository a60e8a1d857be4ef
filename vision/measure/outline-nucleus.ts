import { gaussian } from '../plane.ts'
import { type CellWindow, WINDOW_UM_PER_PIXEL as UM } from './cell-window.ts'
import { area, cleaned, depth, type Mask, opened, parts } from './mask.ts'
import { otsu } from './otsu.ts'

/** Optical density in red (natural logarithm) below which nothing is taken for a nucleus. */
const LEAST_RED = 0.28
/** µm²; smaller pieces are granules and dirt, smaller holes are pale chromatin. */
const LEAST_PART = 2
const LEAST_HOLE = 3
/** How much density in red counts beside that in green. */
const RED_WEIGHT = 0.3
/** µm; what is narrower than twice this is no part of a nucleus. */
const TONGUE = 0.5
/** µm from the outline between which cytoplasm is looked for. */
const RIM = [0.5, 1.6] as const
/** µm²; a cell has a nucleus of at least this, all lobes together. */
export const LEAST_NUCLEUS = 5

/** All that is stained like a nucleus: density in red, which red cells hardly have, parted by Otsu. */
export function purple({ red, width, height }: CellWindow): Mask {
  const smooth = gaussian(red, 1).data
  const least = Math.max(LEAST_RED, 0.9 * otsu(smooth))
  const data = Uint8Array.from(smooth, (value) => (value > least ? 1 : 0))
  return cleaned({ data, width, height }, LEAST_PART / UM ** 2, LEAST_HOLE / UM ** 2)
}

/** The parts of what is purple that belong to the box: most of each lies in it, or they hold its middle. */
export function nucleusOfBox(window: CellWindow, stained: Mask): Mask {
  const { width, height, box } = window
  const [cx, cy, rx, ry] = [box[0] + box[2] / 2, box[1] + box[3] / 2, box[2] / 2, box[3] / 2]
  const away = (i: number) =>
    Math.sqrt((((i % width) + 0.5 - cx) / rx) ** 2 + ((Math.floor(i / width) + 0.5 - cy) / ry) ** 2)
  // Outside of the box's oval a touching neighbour begins.
  const data = stained.data.map((value, i) => (value && away(i) < 1.1 ? 1 : 0))
  const { labels, areas } = parts({ data, width, height })
  const central = areas.map(() => 0)
  for (let i = 0; i < labels.length; i++) if (labels[i] && away(i) < 0.8) central[labels[i]!]!++
  return {
    data: data.map((value, i) => (value && central[labels[i]!]! > 0.5 * areas[labels[i]!]! ? 1 : 0)),
    width,
    height,
  }
}

/**
 * The nucleus inside the outline of its cell: half way between the density of the darker of two groups of pixels (Otsu)
 * and that of the cytoplasm along the outline, so that neither blue cytoplasm is taken in nor pale chromatin left out.
 * Green counts most, for blue cytoplasm takes red as a nucleus does; undefined where nothing of a nucleus's size is left.
 */
export function outlineNucleus(window: CellWindow, cell: Mask, guess: Mask): Mask | undefined {
  const { width, height } = window
  const weighed = window.green.data.map((value, i) => Math.min(value, 2.3) + RED_WEIGHT * window.red.data[i]!)
  const smooth = gaussian({ data: weighed, width, height }, 1).data
  const inGuess = smooth.filter((_, i) => cell.data[i] && guess.data[i])
  if (inGuess.length === 0) return undefined
  const inCell = smooth.filter((_, i) => cell.data[i])
  const parted = otsu(inCell)
  const dark = quantile(
    inCell.filter((value) => value >= parted),
    0.5,
  )
  const toEdge = depth(cell)
  const pale = quantile(
    smooth.filter((_, i) => toEdge[i]! * UM > RIM[0] && toEdge[i]! * UM < RIM[1]),
    0.25,
  )
  const level = Math.min(Math.max((dark + pale) / 2, 0.45 * dark), 0.75 * dark)
  const data = Uint8Array.from(smooth, (value, i) => (cell.data[i] && value > level ? 1 : 0))
  const whole = cleaned({ data, width, height }, 0, LEAST_HOLE / UM ** 2)
  // Granules that lie against the nucleus and the dark rim of a blue cell are narrower than any lobe.
  const nucleus = cleaned(opened(whole, TONGUE / UM), LEAST_PART / UM ** 2, LEAST_HOLE / UM ** 2)
  return area(nucleus) * UM ** 2 < LEAST_NUCLEUS ? undefined : nucleus
}

/** The value below which this share of the values lies; 0 of none. */
function quantile(values: Float32Array, share: number): number {
  const sorted = values.toSorted()
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}
