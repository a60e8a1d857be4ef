/** What is kept on this device: what was not saved yet, so that a closed tab or a flat battery loses nothing; for this tab alone, the steps to take back. */
export interface Kept<T> {
  /** Keeps it in the place of what was kept before; null: nothing waits any more. */
  keep(waiting: T | null): void
  /** What an earlier page kept; null where there is nothing. */
  kept(): T | null
}

type Kind = 'waiting' | 'count' | 'draft' | 'steps'

/** By what it is, under the person's own name, by the case. */
export function keptHere<T>(kind: Kind, userId: string, caseId: string): Kept<T> {
  const key = `marrowscope.${kind}.${userId}.${caseId}`
  const store = () => (kind === 'steps' ? sessionStorage : localStorage)
  return {
    keep(waiting) {
      try {
        if (waiting === null) store().removeItem(key)
        else store().setItem(key, JSON.stringify(waiting))
      } catch {
        // A full or forbidden store takes nothing; it is still in memory, and the page says that it is not saved.
      }
    },
    kept() {
      try {
        return JSON.parse(store().getItem(key) ?? 'null')
      } catch {
        return null
      }
    },
  }
}
