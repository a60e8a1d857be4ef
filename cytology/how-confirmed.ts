/** A cell that a person named or confirmed by an act on it alone, or by one act on several cells. */
export const CONFIRMED = ['singly', 'together'] as const
export type Confirmed = (typeof CONFIRMED)[number]

/** Cells by how their review came about. */
export interface HowConfirmed {
  singly: number
  together: number
  /** Reviewed before it was kept how. */
  unknown: number
  unreviewed: number
}

/** A cell, or `count` cells that are alike in this. `reviewed` and `confirmed` as the database or the pages have them. */
interface Reviewed {
  readonly reviewed: boolean | 0 | 1
  readonly confirmed: Confirmed | null
  readonly count?: number
}

/** How many cells were confirmed one by one, together, nobody knows how, or not at all. */
export function howConfirmed(cells: Iterable<Reviewed>): HowConfirmed {
  const found = { singly: 0, together: 0, unknown: 0, unreviewed: 0 }
  for (const { reviewed, confirmed, count = 1 } of cells) {
    found[reviewed ? (confirmed ?? 'unknown') : 'unreviewed'] += count
  }
  return found
}
