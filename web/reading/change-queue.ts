import type { Cell } from './case-data.ts'
import { type CellSet, type Change, changed } from './undo.ts'

export interface Batch {
  changes: Change[]
}

/** What is known of saving: nothing is lost in any of these states, `idle` alone means that all has arrived. */
export type SaveState = 'idle' | 'saving' | 'offline' | 'signed-out' | 'conflict' | 'refused'

export interface SendError {
  status: number
  code: string
  message: string
  details?: unknown
}

export interface QueuePorts {
  /** Sends one batch; rejects with a SendError, whose status is 0 where no answer came. */
  send(changes: { id: string; version: number; set: CellSet }[]): Promise<Cell[]>
  versionOf(id: string): number | undefined
  /** The server's cells, to be shown with what is still waiting on top. */
  arrived(cells: Cell[]): void
  changed(state: SaveState, waiting: readonly Batch[], error: SendError | null): void
  later(run: () => void, ms: number): void
}

const FIRST_WAIT = 1_000
const LONGEST_WAIT = 15_000

/** Changes on their way to the server: in order, one request at a time, kept until they have arrived. */
export class ChangeQueue {
  #waiting: Batch[] = []
  #busy = false
  #halted = false
  #wait = FIRST_WAIT
  readonly #ports: QueuePorts

  constructor(ports: QueuePorts) {
    this.#ports = ports
  }

  get waiting(): readonly Batch[] {
    return this.#waiting
  }

  add(batch: Batch): void {
    this.#waiting.push(batch)
    if (this.#halted) this.#ports.changed('conflict', this.#waiting, null)
    else void this.#run()
  }

  /** The server's cell with everything on top that it does not know yet. */
  overlay(cell: Cell): Cell {
    let now = cell
    for (const { changes } of this.#waiting) {
      for (const change of changes) if (change.id === cell.id) now = changed(now, change.set)
    }
    return now
  }

  isWaiting(id: string): boolean {
    return this.#waiting.some(({ changes }) => changes.some((change) => change.id === id))
  }

  /** Tries again now: after signing in, or when the network is back. */
  go(): void {
    if (!this.#halted) void this.#run()
  }

  /** Ends a conflict: with `keep` theirs the waiting changes of those cells are dropped, else sent over theirs. */
  resolve(ids: readonly string[], keep: 'theirs' | 'mine'): void {
    if (keep === 'theirs') this.#drop(new Set(ids))
    this.#halted = false
    void this.#run()
  }

  #drop(ids: ReadonlySet<string>): void {
    this.#waiting = this.#waiting
      .map(({ changes }) => ({ changes: changes.filter(({ id }) => !ids.has(id)) }))
      .filter(({ changes }) => changes.length > 0)
  }

  /** Whether the stale cells are as they were asked to be: the server made the change and its answer was lost. */
  #alreadyThere({ details }: SendError): boolean {
    const { cells = [] } = (details ?? {}) as { cells?: Cell[] }
    const [batch] = this.#waiting
    const made = cells.filter((cell) => {
      const set = batch?.changes.find(({ id }) => id === cell.id)?.set
      return set && JSON.stringify(changed(cell, set)) === JSON.stringify(cell)
    })
    if (made.length === 0 || made.length < cells.length) return false
    const ids = new Set(made.map(({ id }) => id))
    const left = batch!.changes.filter(({ id }) => !ids.has(id))
    this.#waiting = [...(left.length > 0 ? [{ changes: left }] : []), ...this.#waiting.slice(1)]
    this.#ports.arrived(made)
    return true
  }

  async #run(): Promise<void> {
    if (this.#busy) {
      this.#ports.changed('saving', this.#waiting, null)
      return
    }
    this.#busy = true
    try {
      while (this.#waiting.length > 0) {
        this.#ports.changed('saving', this.#waiting, null)
        const [batch] = this.#waiting
        const changes = batch!.changes.map(({ id, set }) => ({
          id,
          set,
          version: this.#ports.versionOf(id) ?? 1,
        }))
        const cells = await this.#ports.send(changes)
        this.#waiting = this.#waiting.slice(1)
        this.#wait = FIRST_WAIT
        this.#ports.arrived(cells)
      }
      this.#ports.changed('idle', this.#waiting, null)
    } catch (error) {
      this.#failed(error as SendError)
    } finally {
      this.#busy = false
    }
  }

  #failed(error: SendError): void {
    if (error.status === 409 && error.code === 'CHANGED_MEANWHILE') {
      if (this.#alreadyThere(error)) {
        this.#ports.later(() => this.go(), 0)
        return
      }
      this.#halted = true
      this.#ports.changed('conflict', this.#waiting, error)
      return
    }
    if (error.status >= 400 && error.status < 500 && ![401, 408, 429].includes(error.status)) {
      // Sent again it would be refused again: what is on the screen goes back to what the server has.
      this.#waiting = []
      this.#ports.changed('refused', this.#waiting, error)
      return
    }
    this.#ports.changed(error.status === 401 ? 'signed-out' : 'offline', this.#waiting, error)
    this.#ports.later(() => this.go(), this.#wait)
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT)
  }
}
