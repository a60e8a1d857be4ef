/** One open case: its cells, the changes on their way to the server, undo, and what others change meanwhile. */
import { computed, type InjectionKey, inject, onScopeDispose, provide, reactive, ref, shallowRef } from 'vue'
import { type ApiError, call } from '../api/client.ts'
import { around, type Box, halves } from '../api/geometry.ts'
import type { Analysis, Case, Cell, Fault, Field } from '../api/types.ts'
import { listen } from './listen.ts'
import { type Change, changed, History, inverse } from './undo.ts'

export type CaseStore = ReturnType<typeof openCase>
const KEY: InjectionKey<CaseStore> = Symbol('case')

export const useCase = (): CaseStore => inject(KEY)!

export function provideCase(caseId: string): CaseStore {
  const store = openCase(caseId)
  provide(KEY, store)
  return store
}

function openCase(caseId: string) {
  const about = ref<Case>()
  const fields = ref<Field[]>([])
  const faults = ref<Fault[]>([])
  const analyses = ref<Analysis[]>([])
  /** By id. Replaced whole at every change, so that thousands of cells cost one notice. */
  const cells = shallowRef<ReadonlyMap<string, Cell>>(new Map())
  const selection = shallowRef<ReadonlySet<string>>(new Set())
  const failure = ref('')
  const history = new History()
  const steps = reactive({ canUndo: false, canRedo: false })
  /** Changes made here that the server has not confirmed; the first may be on its way. */
  const waiting = shallowRef<Change[][]>([])
  const conflict = shallowRef<{ mine: Change[]; theirs: Cell[] } | null>(null)
  let latest = 0
  let sending = false

  const locked = computed(() => about.value?.status === 'signed' || about.value?.status === 'addended')
  const present = computed(() => [...cells.value.values()].filter((cell) => !cell.deleted))
  const analysis = computed(() => analyses.value[0])

  const pendingIds = () => new Set(waiting.value.flat().map((change) => change.id))

  /**
   * Take what the server says. A cell that has a change on its way keeps the version that the person saw, so that the
   * change is refused, not written over what someone else did meanwhile; `answered` is what the server made of ours.
   */
  function take(some: readonly Cell[], answered = false): void {
    const next = new Map(cells.value)
    const pending = answered ? new Set<string>() : pendingIds()
    for (const cell of some) {
      const known = next.get(cell.id)
      const newer = !known || cell.version >= known.version
      if (newer && !pending.has(cell.id)) next.set(cell.id, cell)
    }
    cells.value = next
    if (answered) show(waiting.value.flat())
  }

  function show(changes: readonly Change[]): void {
    if (changes.length === 0) return
    const next = new Map(cells.value)
    for (const { id, set } of changes) {
      const cell = next.get(id)
      if (cell) next.set(id, changed(cell, set))
    }
    cells.value = next
  }

  async function load(): Promise<void> {
    const [theCase, theFields, theFaults, theAnalyses, theCells] = await Promise.all([
      call<Case>('GET', `/cases/${caseId}`),
      call<Field[]>('GET', `/cases/${caseId}/fields`),
      call<Fault[]>('GET', `/cases/${caseId}/faults`),
      call<Analysis[]>('GET', `/cases/${caseId}/analyses`),
      call<{ cells: Cell[]; at: number }>('GET', `/cases/${caseId}/cells`),
    ])
    about.value = theCase
    fields.value = theFields
    faults.value = theFaults
    analyses.value = theAnalyses
    latest = theCells.at
    // A removed cell that undo may bring back is not in the answer; for the rest see `take`.
    const known = [...cells.value.values()]
    const removed = known.filter((cell) => cell.deleted)
    const pending = pendingIds()
    const kept = known.filter((cell) => pending.has(cell.id))
    cells.value = new Map([...removed, ...theCells.cells, ...kept].map((cell) => [cell.id, cell]))
  }

  function put(changes: Change[]): void {
    show(changes)
    waiting.value = [...waiting.value, changes]
    void send()
  }

  /** Change cells: shown at once, saved at once, taken back with `undo`. */
  function change(changes: Change[]): void {
    const known = changes.filter(({ id }) => cells.value.has(id))
    if (locked.value || known.length === 0) return
    history.push({ forward: known, back: known.map(({ id, set }) => inverse(cells.value.get(id)!, set)) })
    put(known)
    noteSteps()
  }

  function noteSteps(): void {
    Object.assign(steps, { canUndo: history.canUndo, canRedo: history.canRedo })
  }

  function undo(): void {
    const back = locked.value ? undefined : history.undo()
    if (back) put(back)
    noteSteps()
  }

  function redo(): void {
    const forward = locked.value ? undefined : history.redo()
    if (forward) put(forward)
    noteSteps()
  }

  /** Send what waits, in order, one request at a time. */
  async function send(): Promise<void> {
    if (sending || conflict.value) return
    sending = true
    try {
      while (waiting.value.length > 0) {
        const mine = waiting.value[0]!
        const changes = mine.map(({ id, set }) => ({ id, set, version: cells.value.get(id)?.version ?? 1 }))
        const answer = await call<{ cells: Cell[] }>('POST', `/cases/${caseId}/changes`, { changes })
        waiting.value = waiting.value.slice(1)
        failure.value = ''
        take(answer.cells, true)
      }
    } catch (error) {
      await refused(error as ApiError)
    } finally {
      sending = false
    }
  }

  async function refused({ status, code, message, details }: ApiError): Promise<void> {
    failure.value = message
    if (code === 'CHANGED_MEANWHILE') {
      conflict.value = { mine: waiting.value[0]!, theirs: (details as { cells: Cell[] }).cells }
    } else if (status === 0 || status >= 500 || status === 429) {
      setTimeout(send, 2000) // the line is broken or the server restarts: nothing is lost, it is tried again
    } else {
      waiting.value = []
      await load()
    }
  }

  /** Two people changed the same cells: put mine on top of theirs, or take theirs. */
  function settle(keepMine: boolean): void {
    const found = conflict.value
    if (!found) return
    const rest = waiting.value.slice(1)
    conflict.value = null
    failure.value = ''
    waiting.value = keepMine ? [found.mine, ...rest] : rest
    take(found.theirs, true)
    // None are named when an analysis has replaced them.
    if (found.theirs.length === 0) void load()
    void send()
  }

  async function addCell(fieldId: string, box: Box): Promise<void> {
    try {
      const cell = await call<Cell>('POST', `/fields/${fieldId}/cells`, { box })
      take([cell])
      selection.value = new Set([cell.id])
      const set = (deleted: boolean) => [{ id: cell.id, set: { deleted } }]
      history.push({ forward: set(false), back: set(true) })
      noteSteps()
    } catch (error) {
      failure.value = (error as Error).message
    }
  }

  const remove = (ids: Iterable<string>) => change([...ids].map((id) => ({ id, set: { deleted: true } })))

  /** One cell in place of several of one field: the first keeps its name and takes the box around all. */
  function merge(ids: readonly string[]): void {
    const [first, ...others] = ids.map((id) => cells.value.get(id)!)
    if (!first || others.length === 0 || others.some((cell) => cell.fieldId !== first.fieldId)) return
    const box = around([first, ...others].map((cell) => cell.box))
    change([{ id: first.id, set: { box } }, ...others.map(({ id }) => ({ id, set: { deleted: true } }))])
  }

  async function split(id: string): Promise<void> {
    const cell = cells.value.get(id)
    if (!cell || locked.value) return
    const [one, other] = halves(cell.box)
    change([{ id, set: { box: one } }])
    await addCell(cell.fieldId, other)
  }

  /** Read what changed since the last time, by the server's clock. */
  async function catchUp(): Promise<void> {
    const path = `/cases/${caseId}/cells?since=${latest}`
    const { cells: some, at } = await call<{ cells: Cell[]; at: number }>('GET', path)
    latest = at
    if (some.length > 0) take(some)
  }

  onScopeDispose(
    listen(caseId, async (kinds) => {
      try {
        // An analysis replaces cells, which a list of changed ones cannot tell.
        if (kinds.has('fields') || kinds.has('reconnected')) return await load()
        if (kinds.has('cells')) await catchUp()
        if (kinds.has('case')) about.value = await call<Case>('GET', `/cases/${caseId}`)
        if (kinds.has('analysis')) analyses.value = await call<Analysis[]>('GET', `/cases/${caseId}/analyses`)
      } catch (error) {
        failure.value = (error as Error).message
      }
    }),
  )
  const warn = (event: BeforeUnloadEvent) => {
    if (waiting.value.length > 0) event.preventDefault()
  }
  addEventListener('beforeunload', warn)
  onScopeDispose(() => removeEventListener('beforeunload', warn))

  return {
    ...{ caseId, about, fields, faults, analyses, analysis, cells, present, selection, failure, locked },
    ...{ waiting, conflict, steps, load, change, undo, redo, settle, addCell, remove, merge, split },
  }
}
