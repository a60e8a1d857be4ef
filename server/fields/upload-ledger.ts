/** An upload that was begun: `bytes` its file will have, `received` it has. */
export interface Begun {
  id: string
  userId: string
  caseId: string
  fileName: string
  bytes: number
  received: number
  /** When something of it came last, ms. */
  touchedAt: number
  /** Its files are there. */
  isStored: boolean
}
interface Accepted {
  userId: string
  bytes: number
  at: number
}

/** ms for which what was accepted is remembered, which is longer than what is stored takes to be summed up. */
const REMEMBERED = 3_600_000

/** Unfinished uploads of this process, in memory, so that many that begin at once are counted one after the other. */
export class UploadLedger {
  readonly #begun = new Map<string, Begun>()
  #accepted: Accepted[] = []

  all(): Begun[] {
    return [...this.#begun.values()]
  }

  of(userId: string): Begun[] {
    return this.all().filter((one) => one.userId === userId)
  }

  add(one: Begun): void {
    this.#begun.set(one.id, one)
  }

  stored(id: string): void {
    const one = this.#begun.get(id)
    if (one) one.isStored = true
  }

  received(id: string, bytes: number): void {
    const one = this.#begun.get(id)
    if (one) Object.assign(one, { received: bytes, touchedAt: Date.now() })
  }

  /** It was cancelled or removed. */
  remove(id: string): void {
    this.#begun.delete(id)
  }

  /** It is counted where fields are from now on. */
  accept(id: string): void {
    const one = this.#begun.get(id)
    if (!one) return
    const at = Date.now()
    this.#accepted = this.#accepted.filter((other) => other.at > at - REMEMBERED)
    this.#accepted.push({ userId: one.userId, bytes: one.bytes, at })
    this.#begun.delete(id)
  }

  /** Bytes that became fields since a time, which a sum of that time lacks. */
  acceptedSince(since: number, userId?: string): number {
    return this.#accepted
      .filter((one) => one.at >= since && (userId === undefined || one.userId === userId))
      .reduce((sum, one) => sum + one.bytes, 0)
  }
}

export const bytesOf = (uploads: readonly Begun[]): number => uploads.reduce((sum, one) => sum + one.bytes, 0)
export const toCome = (uploads: readonly Begun[]): number =>
  uploads.reduce((sum, one) => sum + one.bytes - one.received, 0)
