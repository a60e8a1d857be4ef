import { CELL_TYPES, type CellType } from '../../cytology/index.ts'
import type { DocumentConflict } from '../saving/document-saver.ts'

/** Cells counted by key; a type that is not there was not counted. */
export type KeyCounts = Readonly<Partial<Record<CellType, number>>>

export const sameCounts = (a: KeyCounts, b: KeyCounts): boolean =>
  CELL_TYPES.every((type) => (a[type] ?? 0) === (b[type] ?? 0))

/** Theirs with what I added, or took back, since `base` on top; never fewer than none. */
export function addedOnTop(base: KeyCounts, mine: KeyCounts, theirs: KeyCounts): KeyCounts {
  const sum: Partial<Record<CellType, number>> = {}
  for (const type of CELL_TYPES) {
    const n = (theirs[type] ?? 0) + (mine[type] ?? 0) - (base[type] ?? 0)
    if (n > 0) sum[type] = n
  }
  return sum
}

/** Another window wrote its count first. */
export interface CountConflict {
  theirs: KeyCounts
  mine: KeyCounts
  /** Theirs and what I added since I last saw the count. */
  sum: KeyCounts
}

/** Of what two windows wrote over one count. */
export const conflictOf = ({ base, mine, theirs }: DocumentConflict<KeyCounts>): CountConflict => ({
  theirs,
  mine,
  sum: addedOnTop(base, mine, theirs),
})

/** The types over which there is something to decide. */
export const contestedTypes = ({ theirs, mine, sum }: CountConflict): CellType[] =>
  CELL_TYPES.filter((type) => new Set([theirs, mine, sum].map((counts) => counts[type] ?? 0)).size > 1)
