import type { Box } from '../api/geometry.ts'
import type { Cell } from '../api/types.ts'

/** What a change sets on one cell. */
export interface CellSet {
  type?: Cell['type']
  reviewed?: boolean
  /** How it was settled. */
  confirmed?: Cell['confirmed']
  deleted?: boolean
  box?: Box
  /** A finer name under the type; null takes it away. */
  subtype?: string | null
  tags?: string[]
}

export interface Change {
  id: string
  set: CellSet
}

/** A step that can be taken back: the changes, and those that undo them. */
export interface Step {
  forward: Change[]
  back: Change[]
}

/** The change that brings a cell back to what it is now, in the properties that `set` touches. */
export function inverse(cell: Cell, set: CellSet): Change {
  const back: CellSet = {}
  // Naming a cell also settles it, so taking that back must say whether it was settled, and how. Its finer name goes with another type.
  const names = set.type !== undefined || set.subtype !== undefined
  if (names) Object.assign(back, { type: cell.type, subtype: cell.subtype })
  if (names || set.reviewed !== undefined) {
    Object.assign(back, { reviewed: cell.reviewed, confirmed: cell.confirmed })
  }
  if (set.deleted !== undefined) back.deleted = cell.deleted
  if (set.box !== undefined) back.box = cell.box
  if (set.tags !== undefined) back.tags = cell.tags
  return { id: cell.id, set: back }
}

/** A cell as it will be once the server has made the change. */
export function changed(cell: Cell, set: CellSet): Cell {
  const reviewed = set.reviewed ?? (set.type || set.subtype ? true : cell.reviewed)
  const confirmed = set.confirmed === undefined ? cell.confirmed : set.confirmed
  const another = set.type !== undefined && set.type !== cell.type
  const subtype = set.subtype === undefined ? (another ? null : cell.subtype) : set.subtype
  return { ...cell, ...set, reviewed, confirmed: reviewed ? confirmed : null, subtype }
}

/** The same changes, each with how it settles its cell: alone, or together with others. */
export function sayingHow(changes: readonly Change[], together?: boolean): Change[] {
  const settling = changes.filter(({ set }) => settles(set))
  const confirmed = (together ?? settling.length > 1) ? 'together' : 'singly'
  return changes.map(({ id, set }) => ({ id, set: settles(set) ? { ...set, confirmed } : set }))
}

const settles = ({ type, subtype, reviewed }: CellSet) => reviewed ?? (type !== undefined || !!subtype)

/** Whether the change would make the cell another, or settle it; alone, also where it had been settled together with others. */
export function differs(cell: Cell, set: CellSet): boolean {
  if (set.confirmed === 'singly' && cell.confirmed !== 'singly') return true
  if (set.type !== undefined && (set.type !== cell.type || !cell.reviewed)) return true
  if (set.reviewed !== undefined && set.reviewed !== cell.reviewed) return true
  if (set.subtype !== undefined && set.subtype !== cell.subtype) return true
  if (set.tags !== undefined && JSON.stringify(set.tags) !== JSON.stringify(cell.tags)) return true
  if (set.deleted !== undefined && set.deleted !== cell.deleted) return true
  return set.box !== undefined && JSON.stringify(set.box) !== JSON.stringify(cell.box)
}

/** Steps taken and those taken back, the last at the end. */
export interface Steps {
  done: Step[]
  undone: Step[]
}

/** Steps taken and taken back, without end. */
export class History {
  readonly #done: Step[]
  readonly #undone: Step[]

  constructor({ done, undone }: Steps = { done: [], undone: [] }) {
    this.#done = done
    this.#undone = undone
  }

  /** The last `most` of both. */
  steps(most: number): Steps {
    return { done: this.#done.slice(-most), undone: this.#undone.slice(-most) }
  }

  push(step: Step): void {
    this.#done.push(step)
    this.#undone.length = 0
  }

  undo(): Change[] | undefined {
    const step = this.#done.pop()
    if (step) this.#undone.push(step)
    return step?.back
  }

  redo(): Change[] | undefined {
    const step = this.#undone.pop()
    if (step) this.#done.push(step)
    return step?.forward
  }

  /** What `undo` or `redo` would give, without taking the step. */
  next(to: 'undo' | 'redo'): Change[] | undefined {
    return to === 'undo' ? this.#done.at(-1)?.back : this.#undone.at(-1)?.forward
  }

  get canUndo(): boolean {
    return this.#done.length > 0
  }

  get canRedo(): boolean {
    return this.#undone.length > 0
  }
}
