import { shallowRef, triggerRef } from 'vue'
import { api } from '../api/client.ts'
import { around, type Box, halves } from '../api/geometry.ts'
import type { Cell } from '../api/types.ts'
import { i18n } from '../i18n/index.ts'
import { keptHere } from '../saving/kept.ts'
import type { CaseSaving } from './case-saving.ts'
import type { CaseSelection } from './case-selection.ts'
import type { CaseState } from './case-state.ts'
import { type Change, differs, History, inverse, type Steps, sayingHow } from './undo.ts'

export type CaseChanges = ReturnType<typeof caseChanges>

/** Steps that outlive a reload of the page. */
const MOST = 500

const touchesBoxes = ({ set }: Change) => set.box !== undefined || set.deleted !== undefined

/** What a person does to the cells of a case, with a way back. */
export function caseChanges(
  caseId: string,
  userId: string,
  { about, cells, failure, locked, blind }: CaseState,
  { show, apply }: CaseSaving,
  { select }: CaseSelection,
) {
  const kept = keptHere<Steps>('steps', userId, caseId)
  const history = shallowRef(new History(kept.kept() ?? undefined))
  const stepped = () => {
    triggerRef(history)
    kept.keep(history.value.steps(MOST))
  }

  /**
   * Shown at once, then saved; one step of undo. Ids that are not known or already so are left out. `together`: that cells are
   * settled together though there may be but one; left out, several are.
   */
  function change(changes: readonly Change[], { together }: { together?: boolean } = {}) {
    if (locked.value || (changes.some(touchesBoxes) && refusedWhileBlind())) return
    const forward = sayingHow(changes, together).filter(({ id, set }) => {
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
  /** Both readers must have named the same boxes: while one of them is blind both leave them as they are, and are told so. */
  function refusedWhileBlind(): boolean {
    const open = about.value?.secondReading?.status === 'open'
    if (open) failure.value = i18n.global.t(blind.value ? 'second.boxesFixed' : 'second.boxesHeld')
    return open
  }
  function step(forward: Change[], back: Change[]) {
    history.value.push({ forward, back })
    stepped()
  }
  function go(to: 'undo' | 'redo') {
    if (locked.value) return
    if (history.value.next(to)?.some(touchesBoxes) && refusedWhileBlind()) return
    const changes = history.value[to]()
    stepped()
    // A cell may have gone with its field since.
    const known = changes?.filter(({ id }) => cells.value.has(id)) ?? []
    if (known.length === 0) return
    apply(known)
    select(
      known.map(({ id }) => id),
      known[0]?.id ?? null,
    )
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
  /** The server names the new cell; null where it refused, which `failure` tells. */
  async function addCell(fieldId: string, box: Box): Promise<Cell | null> {
    if (locked.value || refusedWhileBlind()) return null
    const cell = await insert(fieldId, box)
    if (!cell) return null
    const [forward, back] = [false, true].map((deleted) => [{ id: cell.id, set: { deleted } }])
    step(forward!, back!)
    select([cell.id], cell.id)
    return cell
  }
  /** One cell around all of them: the first stays. They must lie in one field. */
  function merge(ids: readonly string[]) {
    const all = ids.map((id) => cells.value.get(id)).filter((cell) => cell !== undefined)
    const [first, ...rest] = all
    if (!first || rest.length === 0 || rest.some(({ fieldId }) => fieldId !== first.fieldId)) return
    const box = around(all.map((cell) => cell.box))
    change([{ id: first.id, set: { box } }, ...rest.map(({ id }) => ({ id, set: { deleted: true } }))])
    select([first.id], first.id)
  }
  /** Cuts a box across its longer side. */
  async function split(id: string) {
    const cell = cells.value.get(id)
    if (!cell || locked.value || refusedWhileBlind()) return
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

  return {
    steps: {
      get canUndo() {
        return history.value.canUndo
      },
      get canRedo() {
        return history.value.canRedo
      },
    },
    change,
    remove: (ids: Iterable<string>) => change([...ids].map((id) => ({ id, set: { deleted: true } }))),
    addCell,
    merge,
    split,
    undo: () => go('undo'),
    redo: () => go('redo'),
    forgetSteps() {
      history.value = new History()
      kept.keep(null)
    },
  }
}
