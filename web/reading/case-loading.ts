import { api } from '../api/client.ts'
import type { Cell } from '../api/types.ts'
import type { CaseSaving } from './case-saving.ts'
import type { CaseSelection } from './case-selection.ts'
import type { CaseState } from './case-state.ts'

/** ms: room for a write that began before the last reading and ended after it. */
const OVERLAP = 5_000

export type CaseLoading = ReturnType<typeof caseLoading>

/** Reads a case from the server; what is still on its way there stays on top. `forgetSteps`: the cells are other ones now. */
export function caseLoading(
  caseId: string,
  state: CaseState,
  saving: CaseSaving,
  { selection, select }: CaseSelection,
  forgetSteps: () => void,
) {
  const { cells } = state
  const own = { params: { path: { id: caseId } } }
  let since: number | undefined

  function showFromOthers(arrived: readonly Cell[]) {
    saving.show(arrived.filter(({ id }) => !saving.isWaiting(id)))
  }
  async function reloadAbout() {
    const before = state.blind.value
    state.about.value = await api.get('/api/cases/{id}', own)
    void reloadComments().catch(() => undefined)
    if (before === state.blind.value || cells.value.size === 0) return
    // The same cells under other names and versions: nothing of what was shown holds any more.
    cells.value = new Map()
    forgetSteps()
    selection.value = new Set()
    await reloadAllCells()
  }
  async function reloadComments() {
    state.comments.value = state.blind.value ? [] : await api.get('/api/cases/{id}/comments', own)
  }
  async function reloadFields() {
    const [fields, slides, faults] = await Promise.all([
      api.get('/api/cases/{id}/fields', own),
      api.get('/api/cases/{id}/slides', own),
      api.get('/api/cases/{id}/faults', own),
    ])
    state.fields.value = fields
    state.slides.value = slides
    state.faults.value = faults
  }
  async function reloadAnalyses() {
    state.analyses.value = await api.get('/api/cases/{id}/analyses', own)
  }
  /** What changed since the last reading. */
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
      if (!there.has(id) && !cell.deleted && !saving.isWaiting(id)) cells.value.delete(id)
    }
    showFromOthers(answer.cells)
    select(selection.value)
  }
  async function reload() {
    await Promise.all([reloadAbout(), reloadFields(), reloadAnalyses(), reloadAllCells()])
    state.loading.value = false
  }

  let restored = false
  /** Reads everything; the first time, what an earlier page could not save is put on top. */
  async function load() {
    await reload()
    if (!restored) saving.restore()
    restored = true
  }
  return {
    load,
    reload,
    reloadAbout,
    reloadComments,
    reloadFields,
    reloadAnalyses,
    reloadCells,
    reloadAllCells,
  }
}
