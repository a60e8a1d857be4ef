import { computed, onMounted, onUnmounted, ref } from 'vue'
import type { Box } from '../api/geometry.ts'
import { blockOf, blocksOf, itemsBetween, nextRow, rowTop } from './grid-rows.ts'

/** px around a cell, and below it for its name. */
const GAP = 8
const GAP_BELOW = 24
const EDGE = 4
/** px of a group's heading, as type-heading.vue draws it. */
const HEADING = 28
/** Rows above and below the view that are in the page as well. */
const SPARE = 2

/**
 * A grid of squares of which only the rows in view are in the page, whatever their number. `groups`: the sizes of the groups that
 * the items are in, each below a heading; null where they are one without.
 */
export function useVirtualGrid<T>(
  items: () => readonly T[],
  size: () => number,
  groups: () => readonly number[] | null,
) {
  const scroller = ref<HTMLElement>()
  const width = ref(600)
  const height = ref(400)
  const top = ref(0)
  const columns = computed(() => Math.max(1, Math.floor((width.value - GAP) / (size() + GAP))))
  /** px: as large as fills the rows to the full width. */
  const side = computed(() => Math.max(size(), Math.floor((width.value - GAP) / columns.value) - GAP))
  const step = computed(() => side.value + GAP)
  const sizes = computed(() => ({
    columns: columns.value,
    rowStep: side.value + GAP_BELOW,
    heading: groups() ? HEADING : 0,
  }))
  const blocks = computed(() => blocksOf(groups() ?? [items().length], sizes.value))
  const span = (spare: number) => {
    const more = spare * sizes.value.rowStep
    return itemsBetween(blocks.value, sizes.value, top.value - more, top.value + height.value + more)
  }
  /** In part at least; those of the spare rows are not. */
  const onScreen = computed(() => items().slice(...span(0)))
  const first = computed(() => span(SPARE)[0])
  const last = computed(() => span(SPARE)[1])
  const inView = computed(() => items().slice(first.value, last.value))
  const wholeHeight = computed(() => (blocks.value.at(-1)?.bottom ?? 0) + GAP)

  let observer: ResizeObserver | undefined
  onMounted(() => {
    observer = new ResizeObserver(([entry]) => {
      width.value = entry!.contentRect.width
      height.value = entry!.contentRect.height
    })
    observer.observe(scroller.value!)
  })
  onUnmounted(() => observer?.disconnect())

  const cornerOf = (index: number) => {
    const block = blockOf(blocks.value, index) ?? { first: 0, count: 0, top: 0, rows: 0, bottom: 0 }
    const column = (index - block.first) % columns.value
    return { x: column * step.value + EDGE, y: rowTop(block, index, sizes.value) + EDGE }
  }
  /** Style of the i-th of those in view. */
  const place = (i: number) => {
    const { x, y } = cornerOf(first.value + i)
    return { transform: `translate(${x}px, ${y}px)` }
  }
  function bringIntoView(index: number) {
    const element = scroller.value
    if (index < 0 || !element) return
    const row = cornerOf(index).y - EDGE
    const { rowStep, heading } = sizes.value
    if (row - heading < element.scrollTop) element.scrollTop = row - heading
    if (row + rowStep > element.scrollTop + element.clientHeight)
      element.scrollTop = row + rowStep - element.clientHeight + GAP
  }
  /** The items whose squares an area covers in part; px from the top left corner of the whole grid. */
  function touched(area: Box): T[] {
    return items().filter((_, i) => {
      const { x, y } = cornerOf(i)
      const across = x < area.x + area.width && x + side.value > area.x
      return across && y < area.y + area.height && y + side.value > area.y
    })
  }
  return {
    ...{ scroller, side, top, columns, blocks, inView, onScreen, wholeHeight },
    ...{ place, bringIntoView, touched },
    /** Index of the item below (1) or above (-1) another. */
    nextRow: (index: number, by: 1 | -1) => nextRow(blocks.value, sizes.value, index, by),
    /** px of an item's row below the upper border of what is on the screen. */
    heightOf: (index: number) => cornerOf(index).y - (scroller.value?.scrollTop ?? 0),
    /** The first or last item of the row that lies at that height on the screen; for a grid without groups. */
    atHeight(y: number, end: 'first' | 'last') {
      const rows = Math.ceil(items().length / columns.value)
      const at = Math.round((y + (scroller.value?.scrollTop ?? 0) - EDGE) / sizes.value.rowStep)
      const from = Math.min(rows - 1, Math.max(0, at)) * columns.value
      return end === 'first' ? from : Math.min(items().length - 1, from + columns.value - 1)
    },
  }
}
