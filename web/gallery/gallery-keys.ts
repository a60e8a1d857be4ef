import { onMounted, onUnmounted } from 'vue'
import type { CellClass } from '../../cytology/index.ts'
import type { Way } from './gallery-selection.ts'

export interface GalleryActions {
  typeOfKey(key: string): CellClass | undefined
  /** Moves the selection to another cell, or extends it. */
  go(way: Way, extend: boolean): void
  selectAll(): void
  act(set: { type?: CellClass; subtype?: string; reviewed?: boolean; deleted?: boolean }): void
  show(): void
  alike(): void
  keep(): void
  /** With Shift: whether the key means a finer name or a tag, which the cells then have. */
  finer(key: { code: string; key: string }): boolean
  comment(): void
  /** The next place of the panel that tells of the selected cell. */
  dock(): void
  /** The places that the network looked at, on or off. */
  regions(): void
  /** Ends a comparison; whether there was one. */
  leave(): boolean
}

const WAYS: Readonly<Record<string, Way>> = {
  arrowright: 'right',
  arrowleft: 'left',
  arrowdown: 'down',
  arrowup: 'up',
  home: 'first',
  end: 'last',
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
  const way = WAYS[key]
  if (way) actions.go(way, event.shiftKey)
  // A tick that the keyboard came to takes the Space itself; after a click on it the keys are for the cells.
  else if (key === ' ' && !target.closest('button, input:focus-visible')) actions.act({ reviewed: true })
  else if (key === 'x' || key === 'delete') actions.act({ deleted: true })
  // Shift may be needed to type a sign, but a letter with it means something else.
  else if (named && (!event.shiftKey || key === event.key)) actions.act({ type: named })
  else if (key === 'f') actions.show()
  else if (key === 'l') actions.alike()
  else if (key === 'r') actions.keep()
  else if (key === 'c' && !event.shiftKey) actions.comment()
  else if (key === 'd') actions.dock()
  else if (key === 'o') actions.regions()
  else if (key === 'escape') return actions.leave()
  else return false
  return true
}
