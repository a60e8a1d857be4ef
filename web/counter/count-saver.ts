import type { KeptCount } from './kept-count.ts'
import { addedOnTop, type CountConflict, type KeyCounts, sameCounts } from './merge-counts.ts'

export interface ServerCount {
  counts: KeyCounts
  version: number
}

export interface SaverPorts {
  read(): Promise<ServerCount>
  /** Rejects with status, code and details as the API's client does; status 0 where no answer came. */
  write(count: ServerCount): Promise<ServerCount>
  keep(count: KeptCount | null): void
  kept(): KeptCount | null
  /** Something of what is public here is another. */
  changed(): void
  later(run: () => void, ms: number): void
}

/** Keys come in quick succession: they are sent together. */
const PAUSE = 400
const AGAIN = 2_000

/** A count by key on its way to the server: one request at a time, kept until it has arrived, never over another's. */
export class CountSaver {
  counts: KeyCounts = {}
  conflict: CountConflict | null = null
  failure = ''
  #base: KeyCounts = {}
  #version = 0
  #unanswered: KeyCounts[] = []
  #theirs: ServerCount | null = null
  #sending = false
  #due = 0
  readonly #ports: SaverPorts

  constructor(ports: SaverPorts) {
    this.#ports = ports
  }

  get saved(): boolean {
    return this.#nothing() && !this.#sending
  }

  /** Reads the count, and puts what was kept from before on top. Errors: those of `read`. */
  async load(): Promise<void> {
    const now = await this.#ports.read()
    const kept = this.#ports.kept()
    if (!kept) {
      this.#take(now)
      return
    }
    this.counts = kept.counts
    this.#base = kept.base
    this.#version = kept.version
    this.#unanswered = kept.unanswered
    if (now.version === kept.version) this.#soon(0)
    else this.#meet(now)
    this.#ports.changed()
  }

  /** What others wrote, where nothing of one's own is on its way. */
  async refresh(): Promise<void> {
    if (!this.saved || this.conflict) return
    const now = await this.#ports.read()
    if (this.saved && !this.conflict && now.version > this.#version) this.#take(now)
  }

  set(counts: KeyCounts): void {
    this.counts = counts
    this.#keep()
    this.#soon(PAUSE)
    this.#ports.changed()
  }

  /** Ends a conflict. */
  settle(keep: 'theirs' | 'mine' | 'sum'): void {
    if (!this.conflict || !this.#theirs) return
    const counts = this.conflict[keep]
    this.conflict = null
    this.#base = this.#theirs.counts
    this.#version = this.#theirs.version
    this.#unanswered = []
    this.set(counts)
  }

  /** Sends now what waits. */
  async flush(): Promise<void> {
    this.#due += 1
    if (this.#sending || this.conflict) return
    if (this.#nothing()) {
      this.#ports.keep(null)
      this.#ports.changed()
      return
    }
    this.#sending = true
    const sent = this.counts
    try {
      const answer = await this.#ports.write({ counts: sent, version: this.#version })
      this.#arrived(answer)
    } catch (error) {
      this.#failed(error as { status: number; code: string; message: string; details?: unknown }, sent)
    } finally {
      this.#sending = false
      this.#ports.changed()
    }
  }

  #arrived({ counts, version }: ServerCount): void {
    this.#base = counts
    this.#version = version
    this.#unanswered = []
    this.failure = ''
    this.#keep()
    if (!sameCounts(this.counts, counts)) this.#soon(0)
  }

  #failed(
    error: { status: number; code: string; message: string; details?: unknown },
    sent: KeyCounts,
  ): void {
    this.failure = error.message
    if (error.code === 'CHANGED_MEANWHILE') {
      this.failure = ''
      this.#meet(error.details as ServerCount)
      return
    }
    const refused = error.status >= 400 && error.status < 500 && ![401, 408, 429].includes(error.status)
    // Sent again it would be refused again; it stays kept.
    if (refused) return
    this.#unanswered = [...this.#unanswered, sent]
    this.#keep()
    this.#soon(AGAIN)
  }

  /** The server has another count than the one that was seen. */
  #meet(now: ServerCount): void {
    const own =
      now.version === this.#version + 1 && this.#unanswered.some((sent) => sameCounts(sent, now.counts))
    // One's own, whose answer was lost on the way.
    if (own) this.#arrived(now)
    else if (sameCounts(this.counts, this.#base)) this.#take(now)
    else {
      this.#theirs = now
      const sum = addedOnTop(this.#base, this.counts, now.counts)
      this.conflict = { theirs: now.counts, mine: this.counts, sum }
      this.#keep()
    }
  }

  #take({ counts, version }: ServerCount): void {
    this.counts = this.#base = counts
    this.#version = version
    this.#unanswered = []
    this.#keep()
    this.#ports.changed()
  }

  #keep(): void {
    const { counts } = this
    this.#ports.keep(
      this.#nothing()
        ? null
        : { base: this.#base, version: this.#version, counts, unanswered: this.#unanswered },
    )
  }

  /** Nothing is on its way, nor may have arrived unheard. */
  #nothing(): boolean {
    return sameCounts(this.counts, this.#base) && this.#unanswered.length === 0
  }

  #soon(ms: number): void {
    this.#due += 1
    const due = this.#due
    this.#ports.later(() => due === this.#due && void this.flush(), ms)
  }
}
