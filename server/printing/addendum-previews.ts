import { v7 as uuid } from 'uuid'

/** ms for which a preview is kept, and how many of all persons. */
const KEPT = 10 * 60_000
const MOST = 100

interface Preview {
  caseId: string
  userId: string
  userName: string
  text: string
  at: number
}

/** Texts of addenda that somebody looks at on the printed page before they are added; in memory only, each for its writer alone. */
export class AddendumPreviews {
  readonly #kept = new Map<string, Preview>()

  /** Its id, under which the page shows it. A person has one at a time. */
  keep(preview: Preview): string {
    for (const [id, { userId, at }] of this.#kept) {
      if (userId === preview.userId || at < preview.at - KEPT) this.#kept.delete(id)
    }
    if (this.#kept.size >= MOST) this.#kept.delete(this.#kept.keys().next().value!)
    const id = uuid()
    this.#kept.set(id, preview)
    return id
  }

  find(id: string, caseId: string, userId: string, now: number): Preview | undefined {
    const found = this.#kept.get(id)
    const isOwn = found?.caseId === caseId && found.userId === userId
    return isOwn && found.at > now - KEPT ? found : undefined
  }
}
