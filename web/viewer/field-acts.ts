import { type ComputedRef, computed, type Ref } from 'vue'
import type { CellClass } from '../../cytology/index.ts'
import type { Cell, Field } from '../api/types.ts'
import type { CaseStore } from '../reading/case-store.ts'
import type { CellSet } from '../reading/undo.ts'

export interface FieldActs {
  /** The selected cells of the field that is shown: what lies in another field is not acted upon unseen. */
  readonly chosen: ComputedRef<Cell[]>
  /** Boxes may be drawn, moved, joined and removed; not while a second reader is blind. */
  readonly mayBoxes: ComputedRef<boolean>
  name(type: CellClass): void
  confirm(): void
  remove(): void
  merge(): void
  split(): void
}

/** What a person can do to the selected cells of a field: by key, by the palette, by the menu. */
export function useFieldActs(store: CaseStore, field: Ref<Field | undefined>): FieldActs {
  const chosen = computed(() =>
    [...store.selection.value]
      .map((id) => store.cells.value.get(id))
      .filter((cell) => cell !== undefined && !cell.deleted && cell.fieldId === field.value?.id)
      .map((cell) => cell!),
  )
  const ids = () => chosen.value.map(({ id }) => id)
  const set = (to: CellSet) => store.change(ids().map((id) => ({ id, set: to })))
  return {
    chosen,
    mayBoxes: computed(() => !store.locked.value && store.about.value?.secondReading?.status !== 'open'),
    name: (type) => set({ type }),
    confirm: () => set({ reviewed: true }),
    remove: () => store.remove(ids()),
    merge: () => store.merge(ids()),
    split: () => {
      const [one, ...others] = ids()
      if (one && others.length === 0) void store.split(one)
    },
  }
}
