import { onMounted, onUnmounted, type Ref } from 'vue'
import type { CaseStore } from '../reading/case-store.ts'
import { useTypeKeys } from '../reading/type-keys.ts'
import type { FieldActs } from './field-acts.ts'

interface View {
  /** Boxes are hidden while this is true. */
  hidden: Ref<boolean>
  drawing: Ref<boolean>
  /** To the field so many places on. */
  turn(by: number): void
  gallery(): void
  /** What can be done with the selected cells, at them. */
  menu(): void
  selectAll(): void
  /** By the zoom's own keys; false where it was none of them. */
  zoom(key: string): boolean
}

/** The keys of the field view, while it is in the page. */
export function useFieldKeys(store: CaseStore, acts: FieldActs, view: View): void {
  const { hidden, drawing, turn, gallery } = view
  const { typeOfKey } = useTypeKeys()

  function onKey(event: KeyboardEvent) {
    const target = event.target as HTMLElement
    if (
      target.closest('input:not([type="checkbox"]), textarea, select, [role="dialog"], [role="menu"]') ||
      event.altKey
    )
      return
    const key = event.key.toLowerCase()
    if (event.ctrlKey || event.metaKey) {
      if (key !== 'a') return
      view.selectAll()
      event.preventDefault()
      return
    }
    const named = typeOfKey(key)
    if (key === ' ' && !target.closest('button, summary')) hidden.value = true
    else if (key === 'contextmenu' || (key === 'f10' && event.shiftKey)) view.menu()
    else if (key === 'b' && !store.locked.value) drawing.value = !drawing.value
    else if (key === 'escape' && drawing.value) drawing.value = false
    else if (key === 'escape') store.selection.value = new Set()
    else if (key === 'x' || key === 'delete') acts.remove()
    else if (key === 'm') acts.merge()
    else if (key === 's') acts.split()
    else if (key === 'c') acts.confirm()
    else if (key === '[') turn(-1)
    else if (key === ']') turn(1)
    else if (key === 'g') gallery()
    else if (named) acts.name(named)
    // Beside the picture these keys scroll.
    else if (target.closest('aside') || !view.zoom(key)) return
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
