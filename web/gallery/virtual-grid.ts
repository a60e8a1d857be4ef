import { computed, onMounted, onUnmounted, ref } from 'vue'
import type { Box } from '../api/geometry.ts'

/** px around a cell, and below it for its name. */
const GAP = 8
const GAP_BELOW = 24
const EDGE = 4
/** Rows above and below the view that are in the page as well. */
const SPARE = 2

/** A grid of squares of which only the rows in view are in the page, whatever their number. */
export function useVirtualGrid<T>(items: () => readonly T[], size: () => number) {
  const scroller = ref<HTMLElement>()
  const width = ref(600)
  const height = ref(400)
  const top = ref(0)
  const columns = computed(() => Math.max(1, Math.floor((width.value - GAP) / (size() + GAP))))
  /** px: as large as fills the rows to the full width. */
  const side = computed(() => Math.max(size(), Math.floor((width.value - GAP) / columns.value) - GAP))
  const step = computed(() => side.value + GAP)
  const rowStep = computed(() => side.value + GAP_BELOW)
  const firstRow = computed(() => Math.max(0, Math.floor(top.value / rowStep.value) - SPARE))
  const lastRow = computed(() => Math.ceil((top.value + height.value) / rowStep.value) + SPARE)
  /** In part at least; those of the spare rows are not. */
  const onScreen = computed(() => {
    const first = Math.floor(top.value / rowStep.value)
    const last = Math.ceil((top.value + height.value) / rowStep.value)
    return items().slice(first * columns.value, last * columns.value)
  })
  const inView = computed(() => items().slice(firstRow.value * columns.value, lastRow.value * columns.value))
  const wholeHeight = computed(() => Math.ceil(items().length / columns.value) * rowStep.value + GAP)

  let observer: ResizeObserver | undefined
  onMounted(() => {
    observer = new ResizeObserver(([entry]) => {
      width.value = entry!.contentRect.width
      height.value = entry!.contentRect.height
    })
    observer.observe(scroller.value!)
  })
  onUnmounted(() => observer?.disconnect())

  const cornerOf = (index: number) => ({
    x: (index % columns.value) * step.value + EDGE,
    y: Math.floor(index / columns.value) * rowStep.value + EDGE,
  })
  /** Style of the i-th of those in view. */
  const place = (i: number) => {
    const { x, y } = cornerOf(firstRow.value * columns.value + i)
    return { transform: `translate(${x}px, ${y}px)` }
  }
  function bringIntoView(index: number) {
    const row = Math.floor(index / columns.value)
    const element = scroller.value
    if (row < 0 || !element) return
    if (row * rowStep.value < element.scrollTop) element.scrollTop = row * rowStep.value
    if ((row + 1) * rowStep.value > element.scrollTop + element.clientHeight)
      element.scrollTop = (row + 1) * rowStep.value - element.clientHeight + GAP
  }
  /** The items whose squares an area covers in part; px from the top left corner of the whole grid. */
  function touched(area: Box): T[] {
    return items().filter((_, i) => {
      const { x, y } = cornerOf(i)
      const across = x < area.x + area.width && x + side.value > area.x
      return across && y < area.y + area.height && y + side.value > area.y
    })
  }
  return { scroller, side, top, columns, inView, onScreen, wholeHeight, place, bringIntoView, touched }
}
