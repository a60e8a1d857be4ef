import type { CellMeasurements } from './cell-measurements.ts'

/** Numbers in the words of a morphologist; null where the number is missing or no word is usual. */
export type CellWords = {
  cellDiameterUm: 'small' | 'medium' | 'large' | null
  ncRatio: 'low' | 'intermediate' | 'high' | null
  /** The form of the nucleus, from its roundness and its lobes. */
  nuclearRoundness: 'round' | 'indented' | 'lobed' | null
  cytoplasmGranularity: 'even' | 'uneven' | 'granular' | null
  cytoplasmBlueness: 'pink' | 'grey' | 'blue' | null
}

/**
 * µm. After Rodak & Carr, Clinical Hematology Atlas (5th ed. 2017): segmented neutrophils and metamyelocytes 10–15, small
 * lymphocytes below, blasts and promyelocytes 14–20 and monocytes 12–20 reaching above.
 */
const SIZES = [10, 15] as const
/**
 * Nucleus by whole cell. The same atlas gives nucleus to cytoplasm: blasts 4:1 (0.8 here), myelocytes 2:1 to 1:1,
 * segmented neutrophils below 1:1; so from 2:1 on (0.67) it is high, below 1:1 (0.5) low.
 */
const RATIOS = [0.5, 0.67] as const
/** 4π area / perimeter²; a 3:2 ellipse has 0.92, a kidney 0.9 and less. Ours, on drawn nuclei of known form. */
const ROUND = 0.9
/**
 * Optical densities; no reference gives any. Ours, on training crops of two public sets. Blueness: neutrophils lie at 0.05,
 * monocytes at 0.15, erythroblasts and lymphocytes at 0.2 and above. Texture: neutrophils lie at 0.06; monocytes, blasts and
 * eosinophils at 0.1; promyelocytes and basophils, whose granules are dark, at 0.17 and above.
 */
const BLUENESS = [0.08, 0.18] as const
const GRANULARITY = [0.07, 0.14] as const

export function cellWords(cell: CellMeasurements): CellWords {
  return {
    cellDiameterUm: worded(cell.cellDiameterUm, SIZES, ['small', 'medium', 'large']),
    ncRatio: worded(cell.ncRatio, RATIOS, ['low', 'intermediate', 'high']),
    nuclearRoundness: formOf(cell),
    cytoplasmGranularity: worded(cell.cytoplasmGranularity, GRANULARITY, ['even', 'uneven', 'granular']),
    cytoplasmBlueness: worded(cell.cytoplasmBlueness, BLUENESS, ['pink', 'grey', 'blue']),
  }
}

function formOf({ nuclearRoundness, nuclearLobes }: CellMeasurements): CellWords['nuclearRoundness'] {
  if (nuclearRoundness === null || nuclearLobes === null) return null
  if (nuclearLobes > 1) return 'lobed'
  return nuclearRoundness >= ROUND ? 'round' : 'indented'
}

/** The word below the first limit, from it on, and from the second on. */
function worded<W>(
  value: number | null,
  [first, second]: readonly [number, number],
  [low, middle, high]: readonly [W, W, W],
): W | null {
  if (value === null) return null
  if (value < first) return low
  return value < second ? middle : high
}
