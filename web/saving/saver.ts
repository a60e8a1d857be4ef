/** What is known of saving: nothing is lost in any of these states, `idle` alone means that all has arrived. */
export type SaveState = 'idle' | 'saving' | 'offline' | 'signed-out' | 'conflict' | 'refused'

/** Why a sending failed; the API's ApiError is one. Status 0: no answer came. */
export interface SendError {
  status: number
  code: string
  message: string
  details?: unknown
}

export interface SaverPorts<Piece, Answer> {
  /** What is to be sent next; null when all has arrived. */
  next(): Piece | null
  /** Rejects with a SendError. */
  send(piece: Piece): Promise<Answer>
  arrived(answer: Answer, piece: Piece): void
  /** The server has another version than the one that was seen. True where that is settled without the person. */
  met(error: SendError, piece: Piece): boolean
  /** No answer came: the piece may have arrived. */
  unanswered?(piece: Piece): void
  /** Sent again it would be refused again. */
  refused?(error: SendError): void
  changed(state: SaveState, error: SendError | null): void
  later(run: () => void, ms: number): void
}

const FIRST_WAIT = 1_000
const LONGEST_WAIT = 15_000
/** Refusals that end by themselves: who signs in again, or waits, is served. */
const PASSING = [401, 408, 429]

/**
 * Brings what waits to the server: one request at a time, again and again after a lost line, and never over what others
 * wrote: then it halts until a person has decided. What waits, and how it is kept on this device, is its owner's matter.
 */
export class Saver<Piece, Answer> {
  #sending = false
  #run: Promise<void> = Promise.resolve()
  #halted = false
  #wait = FIRST_WAIT
  #due = 0
  readonly #ports: SaverPorts<Piece, Answer>

  constructor(ports: SaverPorts<Piece, Answer>) {
    this.#ports = ports
  }

  /** A request is under way. */
  get sending(): boolean {
    return this.#sending
  }

  /** Sends what waits after `ms`; an earlier date is forgotten, so that what comes in quick succession goes together. */
  soon(ms: number): void {
    this.#due += 1
    const due = this.#due
    this.#ports.later(() => due === this.#due && void this.flush(), ms)
  }

  /** Sends now what waits, but not during a conflict; kept when all has arrived or the sending failed. Never rejects. */
  flush(): Promise<void> {
    if (this.#halted) {
      this.#ports.changed('conflict', null)
      return Promise.resolve()
    }
    this.#due += 1
    if (this.#sending) this.#ports.changed('saving', null)
    else this.#run = this.#sendAll()
    return this.#run
  }

  /** The server is known to have another version: nothing is sent until resume(). */
  halt(error: SendError | null): void {
    this.#halted = true
    this.#ports.changed('conflict', error)
  }

  /** The conflict is over. */
  resume(): void {
    this.#halted = false
  }

  async #sendAll(): Promise<void> {
    this.#sending = true
    let piece: Piece | null = null
    try {
      for (piece = this.#ports.next(); piece !== null; piece = this.#ports.next()) {
        this.#ports.changed('saving', null)
        const answer = await this.#ports.send(piece)
        this.#wait = FIRST_WAIT
        this.#ports.arrived(answer, piece)
      }
      this.#sending = false
      this.#ports.changed('idle', null)
    } catch (error) {
      this.#sending = false
      this.#failed(error as SendError, piece!)
    }
  }

  #failed(error: SendError, piece: Piece): void {
    const { status, code } = error
    if (status === 409 && code === 'CHANGED_MEANWHILE') {
      if (this.#ports.met(error, piece)) this.soon(0)
      else this.halt(error)
      return
    }
    if (status >= 400 && status < 500 && !PASSING.includes(status)) {
      this.#ports.refused?.(error)
      this.#ports.changed('refused', error)
      return
    }
    this.#ports.unanswered?.(piece)
    this.#ports.changed(status === 401 ? 'signed-out' : 'offline', error)
    this.soon(this.#wait)
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT)
  }
}
