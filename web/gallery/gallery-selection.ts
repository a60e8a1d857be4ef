import { nextTick, ref, watch } from 'vue'
import type { CellClass } from '../../cytology/index.ts'
import { useCase } from '../reading/case-store.ts'
import type { GalleryView } from './gallery-view.ts'

/** What the selection needs of a grid that is drawn. */
interface DrawnGrid {
  columns(): number
  nextRow(index: number, by: 1 | -1): number
  heightOf(index: number): number
  atHeight(y: number, end: 'first' | 'last'): number
  bringIntoView(index: number): void
  focus(): void
  /** Remembers what lies where; call the answer after a change, and what went is seen to go. */
  beforeChange(): (changed: ReadonlySet<string>) => void
}
export type Way = 'left' | 'right' | 'up' | 'down' | 'first' | 'last'

/** The selected cells, the one that is looked at, and how keys and clicks move them, over the grids of the gallery. */
export function useGallerySelection(
  { panes, current }: GalleryView,
  grids: () => readonly (DrawnGrid | undefined)[],
) {
  const store = useCase()
  const anchor = ref<string | null>(null)
  /** Which of the grids the keys are for. */
  const active = ref(0)
  const pane = () => panes.value[active.value] ?? panes.value[0]!
  const indexOf = (id: string | null, at = active.value) =>
    id === null ? -1 : (panes.value[at]?.cells.findIndex((cell) => cell.id === id) ?? -1)
  const bringIntoView = () => grids()[active.value]?.bringIntoView(indexOf(current.value))

  function select(id: string, { shift = false, toggle = false, at = active.value } = {}) {
    active.value = at
    const { cells } = pane()
    if (shift && anchor.value) {
      const [from, to] = [indexOf(anchor.value), indexOf(id)].sort((a, b) => a - b) as [number, number]
      store.selection.value = new Set(cells.slice(Math.max(0, from), to + 1).map((cell) => cell.id))
    } else if (toggle) {
      const next = new Set(store.selection.value)
      next.has(id) ? next.delete(id) : next.add(id)
      store.selection.value = next
      anchor.value = id
    } else {
      store.selection.value = new Set([id])
      anchor.value = id
    }
    current.value = id
  }
  /** From the edge of one grid to the row at the same height of the other. */
  function across(way: Way, index: number): boolean {
    const [here, there] = [grids()[active.value], grids()[1 - active.value]]
    const other = panes.value[1 - active.value]
    if (panes.value.length < 2 || !here || !there || !other?.cells.length) return false
    const column = index % here.columns()
    const atEnd = column === here.columns() - 1 || index === pane().cells.length - 1
    const leaves = active.value === 0 ? way === 'right' && atEnd : way === 'left' && column === 0
    if (!leaves) return false
    const to = there.atHeight(here.heightOf(index), way === 'right' ? 'first' : 'last')
    select(other.cells[to]!.id, { at: 1 - active.value })
    grids()[active.value]?.focus()
    return true
  }
  function go(way: Way, shift: boolean) {
    const { cells } = pane()
    const index = indexOf(current.value)
    const grid = grids()[active.value]
    if (cells.length === 0 || !grid) return
    if (!shift && index >= 0 && across(way, index)) return bringIntoView()
    const to = {
      left: () => index - 1,
      right: () => index + 1,
      up: () => grid.nextRow(Math.max(0, index), -1),
      down: () => (index < 0 ? 0 : grid.nextRow(index, 1)),
      first: () => 0,
      last: () => cells.length - 1,
    }[way]()
    select(cells[Math.min(cells.length - 1, Math.max(0, to))]!.id, { shift })
    bringIntoView()
  }
  /** The keys came to a grid: its cell of before, or the first on the screen, is looked at. */
  function enter(at: number) {
    if (at === active.value) return
    const other = panes.value[at]
    const grid = grids()[at]
    if (!other?.cells.length || !grid) return
    select(other.cells[grid.atHeight(0, 'first')]!.id, { at })
  }
  /** Make a change to what is selected, and go on to the cell that comes next. */
  async function act(set: { type?: CellClass; subtype?: string; reviewed?: boolean; deleted?: boolean }) {
    const ids = [...store.selection.value].filter((id) => store.cells.value.get(id)?.deleted === false)
    if (ids.length === 0 || store.locked.value) return
    const before = pane().cells
    const last = Math.max(...ids.map((id) => before.findIndex((cell) => cell.id === id)))
    const next =
      before.slice(last + 1).find((cell) => !store.selection.value.has(cell.id)) ??
      before.slice(0, Math.max(0, last)).findLast((cell) => !store.selection.value.has(cell.id))
    const shows = grids().map((grid) => grid?.beforeChange())
    store.change(ids.map((id) => ({ id, set })))
    await nextTick()
    for (const show of shows) show?.(new Set(ids))
    if (next) select(next.id)
    else store.selection.value = new Set()
    bringIntoView()
  }
  /** A rectangle was drawn around cells: it is over, and the keys go on from the first. */
  function enclosed(at: number) {
    const first = panes.value[at]?.cells.find((cell) => store.selection.value.has(cell.id))
    if (!first) return
    active.value = at
    current.value = anchor.value = first.id
  }
  watch(
    () => store.selection.value,
    (now) => {
      if (now.size === 1) current.value = [...now][0]!
    },
    { immediate: true },
  )
  watch(
    () => panes.value.length,
    () => {
      active.value = Math.max(
        0,
        panes.value.findIndex((_, at) => indexOf(current.value, at) >= 0),
      )
    },
    { immediate: true },
  )
  return {
    ...{ active, select, go, enter, act, enclosed, bringIntoView },
    selectAll() {
      store.selection.value = new Set(pane().cells.map((cell) => cell.id))
    },
  }
}
