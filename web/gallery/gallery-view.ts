import { computed, toRef } from 'vue'
import { CELL_CLASSES, type CellClass } from '../../cytology/index.ts'
import type { Cell } from '../api/types.ts'
import { useInAddress } from '../in-address.ts'
import { useCase } from '../reading/case-store.ts'
import { isAsked } from './finer-filter.ts'
import { sortCells } from './sort-cells.ts'
import { useSortOrder } from './sort-order.ts'

/** Cells of one type that lie together under its heading. */
interface Group {
  type: CellClass
  n: number
  unreviewed: number
}

/** One grid of the gallery: cells in their order, in groups of their types or all together (null). */
export interface Pane {
  type: CellClass | 'all'
  cells: readonly Cell[]
  groups: readonly Group[] | null
}

const isClass = (text: string): text is CellClass => CELL_CLASSES.includes(text as CellClass)
const unreviewed = (cells: readonly Cell[]) => cells.filter((cell) => !cell.reviewed).length

/** What the gallery shows: types, filters, order and the cell that is looked at, all of it in the address. */
export function useGalleryView() {
  const store = useCase()
  const shownBy = useInAddress({
    ...{ type: 'all', beside: '', order: 'doubt', grouped: '1', open: '', whole: '', slide: '', cell: '' },
    ...{ finer: '', tag: '', said: '' },
  })
  const flag = (name: 'open' | 'whole' | 'grouped') =>
    computed({
      get: () => shownBy[name] === '1',
      set: (to) => {
        shownBy[name] = to ? '1' : ''
      },
    })
  const type = computed({
    get: () => (isClass(shownBy.type) ? shownBy.type : 'all'),
    set: (to) => {
      if (to === 'all' || to === shownBy.beside) shownBy.beside = ''
      shownBy.type = to
      shownBy.finer = ''
    },
  })
  /** The type that is shown to the right of the first, for comparison. */
  const beside = computed(() =>
    isClass(shownBy.beside) && type.value !== 'all' && type.value !== shownBy.beside ? shownBy.beside : null,
  )
  const slideId = computed({
    get: () => (store.slides.value.some(({ id }) => id === shownBy.slide) ? shownBy.slide : ''),
    set: (to) => {
      shownBy.slide = to
    },
  })
  const current = computed({
    get: () => (store.cells.value.has(shownBy.cell) ? shownBy.cell : null),
    set: (to) => {
      shownBy.cell = to ?? ''
    },
  })
  const currentCell = computed(() => (current.value ? store.cells.value.get(current.value) : undefined))
  const [grouped, unreviewedOnly, wholeOnly] = [flag('grouped'), flag('open'), flag('whole')]
  const fieldById = computed(() => new Map(store.fields.value.map((field) => [field.id, field])))
  const sort = useSortOrder(
    store.caseId,
    toRef(shownBy, 'order'),
    () => currentCell.value ?? panes.value.flatMap(({ cells }) => cells)[0],
  )
  /** By likeness, and by unlikeness to their type, the types are mixed: that is what is asked. */
  const inGroups = computed(
    () => grouped.value && type.value === 'all' && !['similarity', 'unlike'].includes(sort.order.value),
  )

  function paneOf(shown: CellClass | 'all'): Pane {
    const some = store.present.value.filter(
      (cell) =>
        (shown === 'all' || cell.type === shown) &&
        !(unreviewedOnly.value && cell.reviewed) &&
        !(wholeOnly.value && cell.touchesEdge) &&
        isAsked(cell, shownBy, store.commented.value) &&
        (!slideId.value || fieldById.value.get(cell.fieldId)?.slideId === slideId.value),
    )
    const cells = sortCells(some, sort.order.value, fieldById.value, sort.scores.value)
    if (!inGroups.value) return { type: shown, cells, groups: null }
    const byType = Map.groupBy(cells, (cell) => cell.type)
    const present = CELL_CLASSES.flatMap((one) => (byType.has(one) ? [[one, byType.get(one)!] as const] : []))
    return {
      type: shown,
      cells: present.flatMap(([, own]) => own),
      groups: present.map(([one, own]) => ({ type: one, n: own.length, unreviewed: unreviewed(own) })),
    }
  }
  const panes = computed(() => {
    const types: (CellClass | 'all')[] = beside.value ? [type.value, beside.value] : [type.value]
    return types.map(paneOf)
  })

  /** Puts a type beside the one that is shown; again, or null, ends it. Beside all types, the first is that of the cell looked at. */
  function compare(other: CellClass | null) {
    if (other === null || other === beside.value || other === type.value) {
      shownBy.beside = ''
      return
    }
    if (type.value === 'all') {
      const at = CELL_CLASSES.indexOf(other)
      const own = currentCell.value?.type
      shownBy.type = own && own !== other ? own : (CELL_CLASSES[at - 1] ?? CELL_CLASSES[at + 1]!)
    }
    shownBy.beside = other
  }
  return {
    ...{ shownBy, type, beside, compare, grouped, unreviewedOnly, wholeOnly, slideId, current, currentCell },
    ...{ panes, fieldById, sort },
    /** How many cells the border of a field cuts. */
    edges: computed(() => store.present.value.filter((cell) => cell.touchesEdge).length),
  }
}

export type GalleryView = ReturnType<typeof useGalleryView>
