import { onMounted, onUnmounted, type Ref } from 'vue'
import type { CaseStore } from '../reading/case-store.ts'
import { useTypeKeys } from '../reading/type-keys.ts'

interface Acts {
  /** Boxes are hidden while this is true. */
  hidden: Ref<boolean>
  drawing: Ref<boolean>
  /** To the field so many places on. */
  turn(by: number): void
  gallery(): void
}

/** The keys of the field view, while it is in the page. */
export function useFieldKeys(store: CaseStore, { hidden, drawing, turn, gallery }: Acts): void {
  const { typeOfKey } = useTypeKeys()

  function onKey(event: KeyboardEvent) {
    const target = event.target as HTMLElement
    if (
      target.closest('input:not([type="checkbox"]), textarea, select, [role="dialog"]') ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey
    )
      return
    const ids = [...store.selection.value].filter((id) => store.cells.value.get(id)?.deleted === false)
    const key = event.key.toLowerCase()
    const named = typeOfKey(key)
    if (key === ' ' && !target.closest('button')) hidden.value = true
    else if (key === 'b' && !store.locked.value) drawing.value = !drawing.value
    else if (key === 'escape') drawing.value = false
    else if (key === 'x' || key === 'delete') store.remove(ids)
    else if (key === 'm') store.merge(ids)
    else if (key === 's' && ids.length === 1) void store.split(ids[0]!)
    else if (key === 'c') store.change(ids.map((id) => ({ id, set: { reviewed: true } })))
    else if (key === '[') turn(-1)
    else if (key === ']') turn(1)
    else if (key === 'g') gallery()
    else if (named) store.change(ids.map((id) => ({ id, set: { type: named } })))
    else return
    event.preventDefault()
  }
  function onKeyUp(event: KeyboardEvent) {
    if (event.key === ' ') hidden.value = false
  }
  onMounted(() => {
    addEventListener('keydown', onKey)
    addEventListener('keyup', onKeyUp)
  })
  onUnmounted(() => {
    removeEventListener('keydown', onKey)
    removeEventListener('keyup', onKeyUp)
  })
}
