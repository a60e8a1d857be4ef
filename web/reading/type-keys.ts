import { CELL_TYPES, type CellClass, NOT_IDENTIFIABLE } from '../../cytology/index.ts'

/** The key of each type: the row of digits in maturation order, `u` for what cannot be identified. */
const ROW = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '-', '=']

export const KEY_OF = {
  ...Object.fromEntries(CELL_TYPES.map((type, i) => [type, ROW[i]])),
  [NOT_IDENTIFIABLE]: 'u',
} as Record<CellClass, string>

const TYPE_OF = new Map(Object.entries(KEY_OF).map(([type, key]) => [key, type as CellClass]))

export const typeOfKey = (key: string): CellClass | undefined => TYPE_OF.get(key)
