import { CELL_CLASSES, type CellClass } from '../../cytology/index.ts'
import type { Cell } from '../api/types.ts'

export type TypeCounts = Record<CellClass | 'all', { n: number; left: number }>

/** Cells of each type and of all, and how many of them are left to review. */
export function typeCounts(cells: readonly Cell[]): TypeCounts {
  const counts = Object.fromEntries(
    ['all', ...CELL_CLASSES].map((id) => [id, { n: 0, left: 0 }]),
  ) as TypeCounts
  for (const cell of cells) {
    for (const key of ['all', cell.type] as const) {
      counts[key].n += 1
      if (!cell.reviewed) counts[key].left += 1
    }
  }
  return counts
}
