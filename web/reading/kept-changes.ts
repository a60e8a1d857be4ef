import type { CellSet } from './case-data.ts'

/** A change that has not arrived yet, with the version that the person saw. */
export interface KeptChange {
  id: string
  version: number
  set: CellSet
}

const keyOf = (userId: string, caseId: string) => `marrowscope.waiting.${userId}.${caseId}`

/** Keeps what is on its way, so that a closed tab or a flat battery loses nothing; under the person's own name. */
export function keepChanges(userId: string, caseId: string, batches: readonly KeptChange[][]): void {
  try {
    if (batches.length === 0) localStorage.removeItem(keyOf(userId, caseId))
    else localStorage.setItem(keyOf(userId, caseId), JSON.stringify(batches))
  } catch {
    // A full or forbidden store takes nothing; the changes are still in memory and the bar says so.
  }
}

export function keptChanges(userId: string, caseId: string): KeptChange[][] {
  try {
    return JSON.parse(localStorage.getItem(keyOf(userId, caseId)) ?? '[]')
  } catch {
    return []
  }
}
