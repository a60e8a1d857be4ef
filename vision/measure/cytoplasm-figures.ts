import type { CellMeasurements } from '../../cytology/index.ts'
import { gaussian, type Plane } from '../plane.ts'
import { type CellWindow, WINDOW_UM_PER_PIXEL as UM } from './cell-window.ts'
import { area, depth, type Mask } from './mask.ts'

/** µm that are left out along the nucleus and along the outline, where the blur mixes colours. */
const FROM_NUCLEUS = 0.4
const FROM_EDGE = 0.4
/** µm²; in less cytoplasm nothing can be measured. */
const LEAST_CYTOPLASM = 3
/** µm, standard deviations of the two blurs whose difference passes what is as large as a granule (0.2 to 1 µm). */
const FINE = 0.2
const COARSE = 0.8

type Figures = Pick<CellMeasurements, 'cytoplasmGranularity' | 'cytoplasmBlueness'>

/** Texture and colour of the cytoplasm; null where too little of it can be seen. */
export function cytoplasmFigures(window: CellWindow, cell: Mask, nucleus: Mask): Figures {
  const { width, height, red, green } = window
  const toEdge = depth(cell)
  const toNucleus = depth({ data: nucleus.data.map((value) => 1 - value), width, height })
  const data = cell.data.map((value, i) =>
    value && toEdge[i]! * UM > FROM_EDGE && toNucleus[i]! * UM > FROM_NUCLEUS ? 1 : 0,
  )
  const cytoplasm = { data, width, height }
  const pixels = area(cytoplasm)
  if (pixels * UM ** 2 < LEAST_CYTOPLASM) return { cytoplasmGranularity: null, cytoplasmBlueness: null }
  const blueness = sumOver(data, (i) => red.data[i]! - 0.5 * green.data[i]!) / pixels
  const fine = blurInside(green, data, FINE / UM)
  const coarse = blurInside(green, data, COARSE / UM)
  const middle = sumOver(data, (i) => fine[i]! - coarse[i]!) / pixels
  const variance = sumOver(data, (i) => (fine[i]! - coarse[i]! - middle) ** 2) / pixels
  return { cytoplasmGranularity: Math.sqrt(variance), cytoplasmBlueness: blueness }
}

/** The blur that only sees the mask, so that nucleus and background do not leak in. */
function blurInside(plane: Plane, mask: Uint8Array, sigma: number): Float32Array {
  const { width, height } = plane
  const weight = gaussian({ data: Float32Array.from(mask), width, height }, sigma).data
  const inside = plane.data.map((value, i) => value * mask[i]!)
  return gaussian({ data: inside, width, height }, sigma).data.map((value, i) =>
    mask[i] ? value / weight[i]! : 0,
  )
}

/** Sum over the mask. */
function sumOver(mask: Uint8Array, of: (i: number) => number): number {
  let sum = 0
  for (let i = 0; i < mask.length; i++) if (mask[i]) sum += of(i)
  return sum
}
