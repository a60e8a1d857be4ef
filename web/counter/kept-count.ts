import type { KeyCounts } from './merge-counts.ts'

/** A count that has not arrived yet. */
export interface KeptCount {
  /** As the server had it when the person last saw it. */
  base: KeyCounts
  version: number
  counts: KeyCounts
  /** What was sent over `version` without an answer: one of them may have arrived. */
  unanswered: KeyCounts[]
}

const keyOf = (userId: string, caseId: string) => `marrowscope.count.${userId}.${caseId}`

/** Keeps an unsaved count, so that a closed tab or an ended session loses nothing; under the person's own name. */
export function keepCount(userId: string, caseId: string, count: KeptCount | null): void {
  try {
    if (count === null) localStorage.removeItem(keyOf(userId, caseId))
    else localStorage.setItem(keyOf(userId, caseId), JSON.stringify(count))
  } catch {
    // A full or forbidden store takes nothing; the count is still in memory and the page says that it is not saved.
  }
}

export function keptCount(userId: string, caseId: string): KeptCount | null {
  try {
    return JSON.parse(localStorage.getItem(keyOf(userId, caseId)) ?? 'null')
  } catch {
    return null
  }
}
