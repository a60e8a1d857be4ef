import { type CellClass, type Counts, clopperPearson } from '../../cytology/index.ts'
import type { Cell } from '../api/types.ts'

/** Cells by class; all that are there, or only those that a person has settled. */
export function countCells(cells: readonly Cell[], reviewedOnly: boolean): Counts {
  const counts: Partial<Record<CellClass, number>> = {}
  for (const cell of cells) {
    if (cell.deleted || (reviewedOnly && !cell.reviewed)) continue
    counts[cell.type] = (counts[cell.type] ?? 0) + 1
  }
  return counts
}

/** A blast share near one of these is settled only when its interval no longer spans it. */
export const BLAST_THRESHOLDS = [5, 10, 20] as const
const MOST = 100_000

/**
 * Cells that have to be counted in all, at the same proportion, until the 95 % interval lies to one side of
 * `threshold` (percent). null when that takes more than 100,000; `total` when it already does.
 */
export function totalToSettle(count: number, total: number, threshold: number): number | null {
  const share = count / total
  const spans = (n: number) => {
    const interval = clopperPearson(Math.round(share * n), n)!
    return interval.low * 100 <= threshold && interval.high * 100 >= threshold
  }
  if (!spans(total)) return total
  if (spans(MOST)) return null
  let low = total
  let high = MOST
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (spans(middle)) low = middle
    else high = middle
  }
  return high
}
