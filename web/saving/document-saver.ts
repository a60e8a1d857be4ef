import { Saver, type SendError } from './saver.ts'

export interface Versioned<T> {
  value: T
  version: number
}

/** A value that has not arrived yet. */
export interface KeptDocument<T> extends Versioned<T> {
  /** As the server had it at `version`, when the person last saw it. */
  base: T
  /** What was sent over `version` without an answer: one of them may have arrived. */
  unanswered: T[]
}

/** Another window wrote first. */
export interface DocumentConflict<T> {
  base: T
  mine: T
  theirs: T
}

export interface DocumentPorts<T> {
  /** Before anything was read. */
  empty: T
  same(a: T, b: T): boolean
  read(): Promise<Versioned<T>>
  /** Gives the new version. Rejects with a SendError; `theirs` reads the row out of the details of a conflict. */
  write(now: Versioned<T>): Promise<{ version: number }>
  theirs(details: unknown): Versioned<T>
  keep(waiting: KeptDocument<T> | null): void
  kept(): KeptDocument<T> | null
  /** Something of what is public here is another. */
  changed(): void
  later(run: () => void, ms: number): void
}

/** A value with one version, on its way to the server: kept until it has arrived, never over another's. */
export class DocumentSaver<T> {
  value: T
  version = 0
  conflict: DocumentConflict<T> | null = null
  failure = ''
  #base: T
  #unanswered: T[] = []
  #theirs: Versioned<T> | null = null
  readonly #ports: DocumentPorts<T>
  readonly #saver: Saver<Versioned<T>, { version: number }>

  constructor(ports: DocumentPorts<T>) {
    this.#ports = ports
    this.value = this.#base = ports.empty
    this.#saver = new Saver({
      next: () => (this.#nothing() ? null : { value: this.value, version: this.version }),
      send: ports.write,
      arrived: ({ version }, { value }) => this.#arrived(value, version),
      met: ({ details }) => this.#meet(ports.theirs(details)),
      unanswered: ({ value }) => {
        this.#unanswered = [...this.#unanswered, value]
        this.#keep()
      },
      changed: (state, error) => this.#tell(state === 'conflict' ? null : error),
      later: ports.later,
    })
  }

  get saved(): boolean {
    return this.#nothing() && !this.#saver.sending
  }

  /** Reads the value, and puts what was kept from before on top. Errors: those of `read`. */
  async load(): Promise<void> {
    const now = await this.#ports.read()
    const kept = this.#ports.kept()
    if (kept?.value === undefined) {
      this.#take(now)
      return
    }
    this.value = kept.value
    this.#base = kept.base
    this.version = kept.version
    this.#unanswered = kept.unanswered
    if (now.version === kept.version || this.#meet(now)) this.#saver.soon(0)
    else this.#saver.halt(null)
    this.#ports.changed()
  }

  /** What others wrote, where nothing of one's own is on its way. */
  async refresh(): Promise<void> {
    if (!this.saved || this.conflict) return
    const now = await this.#ports.read()
    if (this.saved && !this.conflict && now.version > this.version) this.#take(now)
  }

  /** Sent `pause` ms after the last change. */
  set(value: T, pause: number): void {
    this.value = value
    this.#keep()
    if (!this.conflict) this.#saver.soon(pause)
    this.#ports.changed()
  }

  /** Ends a conflict with what the person chose. */
  settle(value: T): void {
    if (!this.#theirs) return
    this.#base = this.#theirs.value
    this.version = this.#theirs.version
    this.#theirs = this.conflict = null
    this.#unanswered = []
    this.#saver.resume()
    this.set(value, 0)
  }

  /** Sends now what waits; kept when it has arrived or could not be sent. */
  flush(): Promise<void> {
    return this.#saver.flush()
  }

  #arrived(value: T, version: number): void {
    this.#base = value
    this.version = version
    this.#unanswered = []
    this.failure = ''
    this.#keep()
  }

  /** The server has another value than the one that was seen. True where nothing is to be decided. */
  #meet(now: Versioned<T>): boolean {
    this.failure = ''
    const own =
      now.version === this.version + 1 && this.#unanswered.some((sent) => this.#ports.same(sent, now.value))
    // One's own, whose answer was lost on the way.
    if (own) this.#arrived(now.value, now.version)
    else if (this.#ports.same(this.value, this.#base)) this.#take(now)
    else {
      this.#theirs = now
      this.conflict = { base: this.#base, mine: this.value, theirs: now.value }
      this.#keep()
      return false
    }
    return true
  }

  #take({ value, version }: Versioned<T>): void {
    this.value = value
    this.#arrived(value, version)
    this.#ports.changed()
  }

  #tell(error: SendError | null): void {
    if (error) this.failure = error.message
    this.#ports.changed()
  }

  #keep(): void {
    const { value, version } = this
    this.#ports.keep(
      this.#nothing() ? null : { base: this.#base, version, value, unanswered: this.#unanswered },
    )
  }

  /** Nothing is on its way, nor may have arrived unheard. */
  #nothing(): boolean {
    return this.#ports.same(this.value, this.#base) && this.#unanswered.length === 0
  }
}
