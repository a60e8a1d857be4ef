import type { CaseEvent } from '../events.ts'

/** ms without a word after which a page is taken for gone: its line may have broken without an end. */
export const GONE = 40_000

interface Page {
  userId: string
  name: string
  /** Reads the case as the second reader, blind: hears of nobody. */
  blind: boolean
  tell: (event: CaseEvent) => void
  /** ms since 1970, of the last word. */
  heardAt: number
  /** What it was told last. */
  told: string
}

/**
 * Who has a case open, told to every page of it: each person once, without oneself. A blind reader is named to the others and is told
 * of nobody, so that the hours of the first reader stay the first reader's.
 */
export class Presence {
  readonly #pages = new Map<string, Set<Page>>()

  /** A page opened the case; returns what it calls when it is closed. */
  join(caseId: string, of: Pick<Page, 'userId' | 'name' | 'blind' | 'tell'>, now: number): () => void {
    const page = { ...of, heardAt: now, told: '[]' }
    const pages = this.#pages.get(caseId) ?? new Set()
    this.#pages.set(caseId, pages.add(page))
    this.#tell(caseId, now)
    return () => {
      pages.delete(page)
      if (pages.size === 0) this.#pages.delete(caseId)
      this.#tell(caseId, Date.now())
    }
  }

  /** A page of this person gave a sign. */
  heard(caseId: string, userId: string, now: number): void {
    for (const page of this.#pages.get(caseId) ?? []) if (page.userId === userId) page.heardAt = now
    this.#tell(caseId, now)
  }

  /** Whoever has not been heard of for too long is gone, for all cases. */
  sweep(now: number): void {
    for (const caseId of this.#pages.keys()) this.#tell(caseId, now)
  }

  #tell(caseId: string, now: number): void {
    const pages = [...(this.#pages.get(caseId) ?? [])]
    const here = pages.filter(({ heardAt }) => heardAt > now - GONE)
    for (const page of pages) {
      if (page.blind) continue
      const others = new Map<string, { name: string; second: boolean }>()
      for (const { userId, name, blind } of here) {
        if (userId !== page.userId) others.set(userId, { name, second: blind })
      }
      const people = [...others.values()].sort((a, b) => a.name.localeCompare(b.name))
      const told = JSON.stringify(people)
      if (told === page.told) continue
      page.told = told
      page.tell({ kind: 'present', people })
    }
  }
}
