import { onUnmounted, type Ref } from 'vue'
import { drawOverlay, type Look, type View } from './draw-overlay.ts'
import type { Scene } from './overlay-scene.ts'

export interface Overlay {
  /** Before the next frame, anew. */
  draw(): void
  /** Before the next frame; where `anew` is false a crowd of boxes is only shifted with the image. */
  schedule(anew: boolean): void
  /** So many boxes are in view that a movement shifts them instead of drawing them. */
  readonly crowded: boolean
}

/** The boxes on their canvas above the field. `view` says where the image lies; `drawn` hears it after each drawing. */
export function useOverlay(
  canvas: Ref<HTMLCanvasElement | undefined>,
  scene: Ref<Scene>,
  view: () => View | undefined,
  look: () => Look,
  drawn: (view: View) => void,
): Overlay {
  /** What the canvas shows, where it holds so many boxes that a movement shifts it instead of drawing it anew. */
  let crowd: View | undefined
  let settle: ReturnType<typeof setTimeout> | undefined
  let frame = 0

  const draw = () => schedule(true)
  function schedule(anew: boolean) {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(() => {
      const now = view()
      if (!canvas.value) return
      if (!now) return clear(canvas.value)
      if (anew || !shifted(now)) paint(now)
      drawn(now)
    })
  }
  function clear(element: HTMLCanvasElement) {
    crowd = undefined
    element.getContext('2d')!.clearRect(0, 0, element.width, element.height)
  }
  /** Moves the canvas with the image, as long as it still covers most of the view; it is drawn anew when all is still. */
  function shifted(now: View): boolean {
    if (!crowd || Math.abs(crowd.scale / now.scale - 1) > 1e-6) return false
    const x = (crowd.originX - now.originX) * now.scale
    const y = (crowd.originY - now.originY) * now.scale
    if (Math.abs(x) > now.width / 3 || Math.abs(y) > now.height / 3) return false
    canvas.value!.style.transform = `translate(${x}px, ${y}px)`
    clearTimeout(settle)
    settle = setTimeout(draw, 120)
    return true
  }
  function paint(now: View) {
    const element = canvas.value!
    const ratio = devicePixelRatio
    const [width, height] = [Math.round(now.width * ratio), Math.round(now.height * ratio)]
    if (element.width !== width || element.height !== height) {
      element.width = width
      element.height = height
    }
    const context = element.getContext('2d')!
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    crowd = drawOverlay(context, scene.value, now, look()) ? now : undefined
    element.style.transform = ''
  }

  onUnmounted(() => {
    cancelAnimationFrame(frame)
    clearTimeout(settle)
  })
  return {
    draw,
    schedule,
    get crowded() {
      return crowd !== undefined
    },
  }
}
