/** The 12 types that are counted, in maturation order within the granulocytic line, and the one that never is. */
export const CELL_TYPES = [
  'blast',
  'promyelocyte',
  'myelocyte',
  'metamyelocyte',
  'band_neutrophil',
  'segmented_neutrophil',
  'eosinophil',
  'basophil',
  'monocyte',
  'lymphocyte',
  'plasma_cell',
  'erythroblast',
] as const

export const NOT_IDENTIFIABLE = 'not_identifiable'

/** Every class a recogniser may answer with, in the order of its output vector. */
export const CELL_CLASSES = [...CELL_TYPES, NOT_IDENTIFIABLE] as const

export type CellType = (typeof CELL_TYPES)[number]
export type CellClass = (typeof CELL_CLASSES)[number]
