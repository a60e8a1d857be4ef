import { computed, onUnmounted, ref, shallowReactive, watch } from 'vue'
import type { Cell } from '../api/types.ts'

/** ms that a cell is looked at before the server is asked: arrow keys pass over many. */
const REST = 100
const MOST = 500

/**
 * What the server knows of the cell that is looked at beyond the list. It is kept by cell; after a change what was known
 * stays until the new is there, so that nothing flickers.
 */
export function useKnownOfCell<T>(cell: () => Cell, load: (id: string) => Promise<T>) {
  const known = shallowReactive(new Map<string, { version: number; value: T }>())
  const failure = ref('')
  let rest: ReturnType<typeof setTimeout> | undefined

  async function ask({ id, version }: Cell) {
    try {
      const value = await load(id)
      if ((known.get(id)?.version ?? 0) > version) return
      known.set(id, { version, value })
      if (known.size > MOST) known.delete(known.keys().next().value!)
    } catch (error) {
      if (cell().id === id) failure.value = (error as Error).message
    }
  }
  watch(
    () => [cell().id, cell().version] as const,
    ([id, version], before) => {
      failure.value = ''
      clearTimeout(rest)
      if (known.get(id)?.version === version) return
      rest = setTimeout(() => void ask(cell()), before ? REST : 0)
    },
    { immediate: true },
  )
  onUnmounted(() => clearTimeout(rest))

  return {
    value: computed(() => known.get(cell().id)?.value),
    failure,
    /** Ask again, where something else than the cell has changed. */
    again() {
      for (const [id, entry] of known) known.set(id, { ...entry, version: 0 })
      return ask(cell())
    },
  }
}
