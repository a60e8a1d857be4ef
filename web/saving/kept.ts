/** What was not saved yet, kept on this device, so that a closed tab or a flat battery loses nothing. */
export interface Kept<T> {
  /** Keeps it in the place of what was kept before; null: nothing waits any more. */
  keep(waiting: T | null): void
  /** What an earlier page kept; null where there is nothing. */
  kept(): T | null
}

/** By what it is, under the person's own name, by the case. */
export function keptHere<T>(kind: 'waiting' | 'count' | 'draft', userId: string, caseId: string): Kept<T> {
  const key = `marrowscope.${kind}.${userId}.${caseId}`
  return {
    keep(waiting) {
      try {
        if (waiting === null) localStorage.removeItem(key)
        else localStorage.setItem(key, JSON.stringify(waiting))
      } catch {
        // A full or forbidden store takes nothing; it is still in memory, and the page says that it is not saved.
      }
    },
    kept() {
      try {
        return JSON.parse(localStorage.getItem(key) ?? 'null')
      } catch {
        return null
      }
    },
  }
}
