import { ref, shallowRef, triggerRef } from 'vue'
import { api } from '../api/client.ts'
import type { Cell } from '../api/types.ts'
import { keptHere } from '../saving/kept.ts'
import type { SaveState, SendError } from '../saving/saver.ts'
import type { CaseState } from './case-state.ts'
import { ChangeQueue } from './change-queue.ts'
import { type CellSet, type Change, changed } from './undo.ts'

/** A change that has not arrived yet, with the version that the person saw. */
interface KeptChange {
  id: string
  version: number
  set: CellSet
}

/** What stands in the way of saving: others changed these cells first. */
export interface Conflict {
  theirs: Cell[]
  mine: Cell[]
}

export type CaseSaving = ReturnType<typeof caseSaving>

/** Brings the changes of a case's cells to the server. `lost`: the server refused, and nothing of what was shown holds. */
export function caseSaving(caseId: string, userId: string, state: CaseState, lost: () => Promise<unknown>) {
  const { cells, failure } = state
  const saveState = ref<SaveState>('idle')
  /** Changes that have not arrived yet. */
  const waiting = shallowRef<readonly Change[]>([])
  const conflict = shallowRef<Conflict | null>(null)
  const here = keptHere<KeptChange[][]>('waiting', userId, caseId)
  let closed = false

  const queue = new ChangeQueue({
    send: async (changes) =>
      (await api.post('/api/cases/{id}/changes', { params: { path: { id: caseId } }, body: { changes } }))
        .cells,
    versionOf: (id) => cells.value.get(id)?.version,
    arrived: show,
    changed(now, batches, error) {
      saveState.value = now
      waiting.value = batches.flatMap(({ changes }) => changes)
      const kept = batches.map(({ changes }) =>
        changes.map(({ id, set }) => ({ id, set, version: cells.value.get(id)?.version ?? 1 })),
      )
      here.keep(kept.length > 0 ? kept : null)
      if (now === 'conflict' && error) openConflict(error)
      if (now === 'refused' && error) void refused(error)
    },
    later: (run, ms) => setTimeout(() => !closed && run(), ms),
  })

  /** By cell: the box that the server last had, and the version since which it has had it. */
  const pictures = new Map<string, { box: string; version: number }>()
  function picture({ id, box, version }: Cell) {
    const key = JSON.stringify(box)
    if (pictures.get(id)?.box !== key) pictures.set(id, { box: key, version })
  }

  /** Shows what the server says, with what is still on its way on top. */
  function show(arrived: readonly Cell[]) {
    for (const cell of arrived) {
      // What the server says of a cell with changes under way is kept back: the answer to them must not be foreseen.
      const known = cells.value.get(cell.id)
      if (known && known.version > cell.version) continue
      picture(cell)
      cells.value.set(cell.id, queue.overlay(cell))
    }
    triggerRef(cells)
  }

  function openConflict(error: SendError) {
    const theirs = (error.details as { cells?: Cell[] } | undefined)?.cells ?? []
    const mine = theirs.map(({ id }) => cells.value.get(id)).filter((cell) => cell !== undefined)
    if (theirs.length > 0) conflict.value = { theirs, mine }
    else void refused(error)
  }
  async function refused(error: SendError) {
    failure.value = error.message
    queue.resolve([...cells.value.keys()], 'theirs')
    await lost().catch(() => undefined)
  }
  /** Ends a conflict: puts mine on top of what others did, or takes theirs. */
  function settle(mine: boolean) {
    const { theirs = [] } = conflict.value ?? {}
    conflict.value = null
    if (!mine) theirs.forEach(picture)
    for (const cell of theirs) cells.value.set(cell.id, mine ? queue.overlay(cell) : cell)
    triggerRef(cells)
    queue.resolve(
      theirs.map(({ id }) => id),
      mine ? 'mine' : 'theirs',
    )
  }

  /** Shown at once, then sent. */
  function apply(changes: readonly Change[]) {
    failure.value = null
    for (const { id, set } of changes) {
      const cell = cells.value.get(id)
      if (cell) cells.value.set(id, changed(cell, set))
    }
    triggerRef(cells)
    queue.add({ changes: [...changes] })
  }
  /** Puts on top what an earlier page could not save. */
  function restore() {
    for (const batch of here.kept() ?? []) {
      const changes = batch.filter(({ id }) => cells.value.has(id))
      // The version that the person saw then: a change by others since must come up as a conflict.
      for (const { id, version } of changes) cells.value.set(id, { ...cells.value.get(id)!, version })
      if (changes.length > 0) apply(changes.map(({ id, set }) => ({ id, set })))
    }
  }
  // With nothing to send, what an earlier page kept would be taken for arrived.
  const online = () => queue.waiting.length > 0 && queue.go()
  window.addEventListener('online', online)
  return {
    saveState,
    waiting,
    conflict,
    /** Since when the cell's crop looks as it does: a review alone must not fetch it again. */
    pictureVersion: ({ id, version }: Cell) => pictures.get(id)?.version ?? version,
    show,
    isWaiting: (id: string) => queue.isWaiting(id),
    apply,
    settle,
    restore,
    close() {
      closed = true
      window.removeEventListener('online', online)
    },
  }
}
