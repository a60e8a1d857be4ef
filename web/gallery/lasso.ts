import { computed, type Ref, ref } from 'vue'
import type { Box } from '../api/geometry.ts'

/**
 * Dragging over empty ground draws a rectangle. `touched` hears of it while it grows, in pixels from the top left corner of what is scrolled;
 * `ended` when the pointer is let go.
 */
export function useLasso(
  scroller: Ref<HTMLElement | undefined>,
  touched: (area: Box) => void,
  ended: () => void,
) {
  const area = ref<Box | null>(null)
  function start(event: PointerEvent) {
    if ((event.target as HTMLElement).closest('.cell') || event.button !== 0) return
    const frame = scroller.value!.getBoundingClientRect()
    const at = (e: PointerEvent) => ({
      x: e.clientX - frame.left,
      y: e.clientY - frame.top + scroller.value!.scrollTop,
    })
    const { x, y } = at(event)
    area.value = { x, y, width: 0, height: 0 }
    const moveTo = (e: PointerEvent) => {
      const { x: x2, y: y2 } = at(e)
      area.value = {
        x: Math.min(x, x2),
        y: Math.min(y, y2),
        width: Math.abs(x2 - x),
        height: Math.abs(y2 - y),
      }
      touched(area.value)
    }
    const end = () => {
      removeEventListener('pointermove', moveTo)
      removeEventListener('pointerup', end)
      area.value = null
      ended()
    }
    addEventListener('pointermove', moveTo)
    addEventListener('pointerup', end)
  }
  const style = computed(
    () =>
      area.value && {
        left: `${area.value.x}px`,
        top: `${area.value.y}px`,
        width: `${area.value.width}px`,
        height: `${area.value.height}px`,
      },
  )
  return { start, style }
}
