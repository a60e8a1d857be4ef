import { onScopeDispose, watch } from 'vue'

/** ms that a cell must be on the screen to count as seen: scrolling past is not looking. */
const LOOK = 300

/** Remembers which cells have been on the screen since the gallery was opened. `onScreen`: the ids of those that are there now. */
export function useSeenCells(onScreen: () => readonly string[]) {
  const seen = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    onScreen,
    (ids) => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        for (const id of ids) seen.add(id)
      }, LOOK)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return seen as ReadonlySet<string>
}
