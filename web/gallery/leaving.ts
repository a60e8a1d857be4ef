import { onUnmounted, ref } from 'vue'

/** ms */
const FADE = 150

export interface Leaving {
  id: string
  src: string
  style: { transform: string }
}

/** What leaves the gallery is seen to go, unless the person wants no motion. */
export function useLeaving() {
  const leaving = ref<Leaving[]>([])
  let gone: ReturnType<typeof setTimeout> | undefined
  onUnmounted(() => clearTimeout(gone))
  function fadeOut(cells: Leaving[]) {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
    leaving.value = cells
    clearTimeout(gone)
    gone = setTimeout(() => {
      leaving.value = []
    }, FADE)
  }
  return { leaving, fadeOut }
}
