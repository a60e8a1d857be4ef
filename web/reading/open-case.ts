import { computed, ref, shallowRef, triggerRef } from 'vue'
import { api } from '../api/client.ts'
import { around, type Box, halves } from '../api/geometry.ts'
import { i18n } from '../i18n/index.ts'
import type { Analysis, CaseEvent, CaseInfo, Cell, CellSet, Fault, Field, Slide } from './case-data.ts'
import type { CaseStore, Conflict } from './case-store.ts'
import { ChangeQueue, type SaveState, type SendError } from './change-queue.ts'
import { keepChanges, keptChanges } from './kept-changes.ts'
import { listen } from './live-updates.ts'
import { type Change, changed, History, inverse } from './undo.ts'

/** Room for a write that began before the last reading and ended after it. */
const OVERLAP = 5_000

export function openCase(caseId: string, userId: string, mayReview: () => boolean): CaseStore {
  const own = { params: { path: { id: caseId } } }
  const about = shallowRef<CaseInfo | null>(null)
  const fields = shallowRef<Field[]>([])
  const slides = shallowRef<Slide[]>([])
  const analyses = shallowRef<Analysis[]>([])
  const faults = shallowRef<Fault[]>([])
  const cells = shallowRef(new Map<string, Cell>())
  const present = computed(() => [...cells.value.values()].filter((cell) => !cell.deleted))
  const selection = shallowRef<ReadonlySet<string>>(new Set())
  const focusCellId = ref<string | null>(null)
  const loading = ref(true)
  const failure = ref<string | null>(null)
  const saveState = ref<SaveState>('idle')
  const waiting = shallowRef<readonly Change[]>([])
  const conflict = shallowRef<Conflict | null>(null)
  const history = shallowRef(new History())
  const signed = computed(() => about.value?.status === 'signed' || about.value?.status === 'addended')
  const locked = computed(() => signed.value || !mayReview())
  const blind = computed(() => {
    const reading = about.value?.secondReading
    return reading?.status === 'open' && reading.readerId === userId
  })
  let since: number | undefined
  let closed = false

  const queue = new ChangeQueue({
    send: async (changes) => (await api.post('/api/cases/{id}/changes', { ...own, body: { changes } })).cells,
    versionOf: (id) => cells.value.get(id)?.version,
    arrived: show,
    changed(state, batches, error) {
      saveState.value = state
      waiting.value = batches.flatMap(({ changes }) => changes)
      keepChanges(
        userId,
        caseId,
        batches.map(({ changes }) =>
          changes.map(({ id, set }) => ({ id, set, version: cells.value.get(id)?.version ?? 1 })),
        ),
      )
      if (state === 'conflict' && error) openConflict(error)
      if (state === 'refused' && error) refused(error)
    },
    later: (run, ms) => setTimeout(() => !closed && run(), ms),
  })

  /** By cell: the box that the server last had, and the version since which it has had it. */
  const pictures = new Map<string, { box: string; version: number }>()
  function picture({ id, box, version }: Cell) {
    const key = JSON.stringify(box)
    if (pictures.get(id)?.box !== key) pictures.set(id, { box: key, version })
  }

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

  function showFromOthers(arrived: readonly Cell[]) {
    show(arrived.filter(({ id }) => !queue.isWaiting(id)))
  }

  function openConflict(error: SendError) {
    const theirs = (error.details as { cells?: Cell[] } | undefined)?.cells ?? []
    const mine = theirs.map(({ id }) => cells.value.get(id)).filter((cell) => cell !== undefined)
    if (theirs.length > 0) conflict.value = { theirs, mine }
    else void refused(error)
  }

  async function refused(error: SendError) {
    failure.value = error.message
    history.value = new History()
    queue.resolve([...cells.value.keys()], 'theirs')
    await reload().catch(() => undefined)
  }

  function resolve(keep: 'theirs' | 'mine') {
    const { theirs = [] } = conflict.value ?? {}
    conflict.value = null
    const ids = theirs.map(({ id }) => id)
    if (keep === 'mine') {
      for (const cell of theirs) cells.value.set(cell.id, queue.overlay(cell))
    } else {
      theirs.forEach(picture)
      for (const cell of theirs) cells.value.set(cell.id, cell)
    }
    triggerRef(cells)
    queue.resolve(ids, keep)
  }

  function apply(changes: readonly Change[]) {
    failure.value = null
    for (const { id, set } of changes) {
      const cell = cells.value.get(id)
      if (cell) cells.value.set(id, changed(cell, set))
    }
    triggerRef(cells)
    queue.add({ changes: [...changes] })
  }

  function change(changes: readonly Change[]) {
    if (
      locked.value ||
      refusedWhileBlind(changes.some(({ set }) => set.box !== undefined || set.deleted !== undefined))
    )
      return
    const forward = changes.filter(({ id, set }) => {
      const cell = cells.value.get(id)
      return cell && differs(cell, set)
    })
    if (forward.length === 0) return
    step(
      forward,
      forward.map(({ id, set }) => inverse(cells.value.get(id)!, set)),
    )
    apply(forward)
  }

  /** Both readers must have named the same boxes: the second one leaves them as they are, and is told so. */
  function refusedWhileBlind(box: boolean | undefined): boolean {
    const refuse = blind.value && box === true
    if (refuse) failure.value = i18n.global.t('second.boxesFixed')
    return refuse
  }

  function step(forward: Change[], back: Change[]) {
    history.value.push({ forward, back })
    triggerRef(history)
  }

  function go(to: 'undo' | 'redo') {
    if (locked.value) return
    const changes = history.value[to]()
    triggerRef(history)
    // A cell may have gone with its field since.
    const known = changes?.filter(({ id }) => cells.value.has(id)) ?? []
    if (known.length === 0) return
    apply(known)
    select(
      known.map(({ id }) => id),
      known[0]?.id ?? null,
    )
  }

  function select(ids: Iterable<string>, focus?: string | null) {
    selection.value = new Set([...ids].filter((id) => cells.value.get(id)?.deleted === false))
    if (focus !== undefined) focusCellId.value = focus
  }

  async function insert(fieldId: string, box: Box): Promise<Cell | null> {
    try {
      const cell = await api.post('/api/fields/{id}/cells', {
        params: { path: { id: fieldId } },
        body: { box },
      })
      show([cell])
      return cell
    } catch (error) {
      failure.value = (error as Error).message
      return null
    }
  }

  async function addCell(fieldId: string, box: Box): Promise<Cell | null> {
    if (locked.value || refusedWhileBlind(true)) return null
    const cell = await insert(fieldId, box)
    if (!cell) return null
    const [forward, back] = [false, true].map((deleted) => [{ id: cell.id, set: { deleted } }])
    step(forward!, back!)
    select([cell.id], cell.id)
    return cell
  }

  function merge(ids: readonly string[]) {
    const all = ids.map((id) => cells.value.get(id)).filter((cell) => cell !== undefined)
    const [first, ...rest] = all
    if (!first || rest.length === 0 || rest.some(({ fieldId }) => fieldId !== first.fieldId)) return
    const box = around(all.map((cell) => cell.box))
    change([{ id: first.id, set: { box } }, ...rest.map(({ id }) => ({ id, set: { deleted: true } }))])
    select([first.id], first.id)
  }

  async function split(id: string) {
    const cell = cells.value.get(id)
    if (!cell || locked.value || refusedWhileBlind(true)) return
    const [kept, other] = halves(cell.box)
    const added = await insert(cell.fieldId, other)
    if (!added) return
    const back: Change[] = [
      { id, set: { box: cell.box } },
      { id: added.id, set: { deleted: true } },
    ]
    const forward: Change[] = [
      { id, set: { box: kept } },
      { id: added.id, set: { deleted: false } },
    ]
    step(forward, back)
    apply([forward[0]!])
    select([id, added.id], id)
  }

  async function reloadAbout() {
    const before = blind.value
    about.value = await api.get('/api/cases/{id}', own)
    if (before === blind.value || cells.value.size === 0) return
    // The same cells under other names and versions: nothing of what was shown holds any more.
    cells.value = new Map()
    history.value = new History()
    selection.value = new Set()
    await reloadAllCells()
  }
  async function reloadFields() {
    const [now, on, refused] = await Promise.all([
      api.get('/api/cases/{id}/fields', own),
      api.get('/api/cases/{id}/slides', own),
      api.get('/api/cases/{id}/faults', own),
    ])
    fields.value = now
    slides.value = on
    faults.value = refused
  }
  async function reloadAnalyses() {
    analyses.value = await api.get('/api/cases/{id}/analyses', own)
  }
  async function reloadCells() {
    const query = since === undefined ? {} : { since: Math.max(0, since - OVERLAP) }
    const answer = await api.get('/api/cases/{id}/cells', { params: { ...own.params, query } })
    since = answer.at
    showFromOthers(answer.cells)
  }
  /** Cells go away with their field or when it is analysed again, and nothing tells which: all are read anew. */
  async function reloadAllCells() {
    const answer = await api.get('/api/cases/{id}/cells', own)
    const there = new Set(answer.cells.map(({ id }) => id))
    since = answer.at
    for (const [id, cell] of cells.value) {
      if (!there.has(id) && !cell.deleted && !queue.isWaiting(id)) cells.value.delete(id)
    }
    showFromOthers(answer.cells)
    select(selection.value)
  }
  async function reload() {
    await Promise.all([reloadAbout(), reloadFields(), reloadAnalyses(), reloadAllCells()])
    loading.value = false
  }

  const due = new Map<string, ReturnType<typeof setTimeout>>()
  /** Events come in bursts; one reading answers them all. */
  function soon(name: string, run: () => Promise<void>) {
    if (due.has(name)) return
    const start = () => {
      due.delete(name)
      if (!closed) run().catch(() => undefined)
    }
    due.set(name, setTimeout(start, 250))
  }
  function heard(event: CaseEvent) {
    if (event.kind === 'case') soon('case', reloadAbout)
    if (event.kind === 'cells') soon('cells', reloadCells)
    if (event.kind === 'fields') {
      soon('fields', reloadFields)
      soon('all', reloadAllCells)
    }
    if (event.kind === 'analysis') {
      soon('analyses', reloadAnalyses)
      soon('case', reloadAbout)
    }
  }

  let restored = false
  async function load() {
    await reload()
    if (restored) return
    restored = true
    for (const batch of keptChanges(userId, caseId)) {
      const changes = batch.filter(({ id }) => cells.value.has(id))
      // The version that the person saw then: a change by others since must come up as a conflict.
      for (const { id, version } of changes) cells.value.set(id, { ...cells.value.get(id)!, version })
      if (changes.length > 0) apply(changes.map(({ id, set }) => ({ id, set })))
    }
  }
  const online = () => queue.go()
  window.addEventListener('online', online)
  const stop = listen(caseId, heard, () => soon('all', reload))

  function close() {
    closed = true
    stop()
    window.removeEventListener('online', online)
    for (const timer of due.values()) clearTimeout(timer)
  }

  return {
    caseId,
    about,
    fields,
    slides,
    analyses,
    analysis: computed(() => analyses.value[0]),
    faults,
    cells,
    present,
    selection,
    focusCellId,
    locked,
    blind,
    loading,
    failure,
    saveState,
    waiting,
    conflict,
    steps: {
      get canUndo() {
        return history.value.canUndo
      },
      get canRedo() {
        return history.value.canRedo
      },
    },
    select,
    pictureVersion: ({ id, version }) => pictures.get(id)?.version ?? version,
    change,
    remove: (ids) => change([...ids].map((id) => ({ id, set: { deleted: true } }))),
    addCell,
    merge,
    split,
    undo: () => go('undo'),
    redo: () => go('redo'),
    settle: (mine) => resolve(mine ? 'mine' : 'theirs'),
    load,
    reloadAbout,
    reloadFields,
    reloadAnalyses,
    close,
  }
}

function differs(cell: Cell, set: CellSet): boolean {
  if (set.type !== undefined && (set.type !== cell.type || !cell.reviewed)) return true
  if (set.reviewed !== undefined && set.reviewed !== cell.reviewed) return true
  if (set.deleted !== undefined && set.deleted !== cell.deleted) return true
  return set.box !== undefined && JSON.stringify(set.box) !== JSON.stringify(cell.box)
}
