import type { Cell } from '../api/types.ts'
import { Saver, type SaveState, type SendError } from '../saving/saver.ts'
import { type CellSet, type Change, changed } from './undo.ts'

export interface Batch {
  changes: Change[]
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

type Sent = Parameters<QueuePorts['send']>[0]

/** Changes on their way to the server: in order, one request at a time, kept until they have arrived. */
export class ChangeQueue {
  #waiting: Batch[] = []
  readonly #ports: QueuePorts
  readonly #saver: Saver<Sent, Cell[]>

  constructor(ports: QueuePorts) {
    this.#ports = ports
    this.#saver = new Saver<Sent, Cell[]>({
      next: () => this.#next(),
      send: ports.send,
      arrived: (cells) => {
        this.#waiting = this.#waiting.slice(1)
        ports.arrived(cells)
      },
      met: (error) => this.#alreadyThere(error),
      // What is on the screen goes back to what the server has.
      refused: () => {
        this.#waiting = []
      },
      changed: (state, error) => ports.changed(state, this.#waiting, error),
      later: ports.later,
    })
  }

  get waiting(): readonly Batch[] {
    return this.#waiting
  }

  add(batch: Batch): void {
    this.#waiting.push(batch)
    void this.#saver.flush()
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
    void this.#saver.flush()
  }

  /** Ends a conflict: with `keep` theirs the waiting changes of those cells are dropped, else sent over theirs. */
  resolve(ids: readonly string[], keep: 'theirs' | 'mine'): void {
    if (keep === 'theirs') this.#drop(new Set(ids))
    this.#saver.resume()
    void this.#saver.flush()
  }

  #next(): Sent | null {
    const [batch] = this.#waiting
    if (!batch) return null
    return batch.changes.map(({ id, set }) => ({ id, set, version: this.#ports.versionOf(id) ?? 1 }))
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
}
