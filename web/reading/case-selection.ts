import { ref, shallowRef } from 'vue'
import type { CaseState } from './case-state.ts'

export type CaseSelection = ReturnType<typeof caseSelection>

/** The cells that a person has chosen, and the one that the keys go from. */
export function caseSelection({ cells }: CaseState) {
  const selection = shallowRef<ReadonlySet<string>>(new Set())
  const focusCellId = ref<string | null>(null)

  /** Cells that are removed or not known are left out; without `focus` the focus stays where it is. */
  function select(ids: Iterable<string>, focus?: string | null) {
    selection.value = new Set([...ids].filter((id) => cells.value.get(id)?.deleted === false))
    if (focus !== undefined) focusCellId.value = focus
  }
  return { selection, focusCellId, select }
}
