import { onMounted, onUnmounted } from 'vue'
import type { CellClass } from '../../cytology/index.ts'

export interface GalleryActions {
  typeOfKey(key: string): CellClass | undefined
  columns(): number
  /** Moves the selection by so many cells, or extends it. */
  go(by: number, extend: boolean): void
  selectAll(): void
  act(set: { type?: CellClass; subtype?: string; reviewed?: boolean; deleted?: boolean }): void
  show(): void
  alike(): void
  keep(): void
  /** With Shift: whether the key means a finer name or a tag, which the cells then have. */
  finer(key: { code: string; key: string }): boolean
  comment(): void
}

/** The gallery's keyboard, while the gallery is open and no field or dialog has the keys. */
export function useGalleryKeys(actions: GalleryActions): void {
  const onKey = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement
    if (target.closest('input:not([type="checkbox"]), textarea, select, [role="dialog"]') || event.altKey)
      return
    if (handled(actions, event, target)) event.preventDefault()
  }
  onMounted(() => addEventListener('keydown', onKey))
  onUnmounted(() => removeEventListener('keydown', onKey))
}

function handled(actions: GalleryActions, event: KeyboardEvent, target: HTMLElement): boolean {
  const key = event.key.toLowerCase()
  if (event.ctrlKey || event.metaKey) {
    if (key !== 'a') return false
    actions.selectAll()
    return true
  }
  const named = actions.typeOfKey(key)
  if (event.shiftKey && !(named && key === event.key) && actions.finer(event)) return true
  const columns = actions.columns()
  const moves: Record<string, number> = {
    arrowright: 1,
    arrowleft: -1,
    arrowdown: columns,
    arrowup: -columns,
    home: -1e9,
    end: 1e9,
  }
  if (moves[key] !== undefined) actions.go(moves[key], event.shiftKey)
  else if (key === ' ' && !target.closest('button')) actions.act({ reviewed: true })
  else if (key === 'x' || key === 'delete') actions.act({ deleted: true })
  // Shift may be needed to type a sign, but a letter with it means something else.
  else if (named && (!event.shiftKey || key === event.key)) actions.act({ type: named })
  else if (key === 'f') actions.show()
  else if (key === 'l') actions.alike()
  else if (key === 'r') actions.keep()
  else if (key === 'c' && !event.shiftKey) actions.comment()
  else return false
  return true
}
