import { ref, shallowRef } from 'vue'
import { api } from '../api/client.ts'
import type { Cell } from '../api/types.ts'
import { useAttempt } from '../use-attempt.ts'
import type { Order } from './sort-cells.ts'

/** The cell that others are sorted by, as it was then, and how much each is like it. */
interface Likeness {
  cell: Cell
  of: ReadonlyMap<string, number>
}

/** How the gallery is sorted. By likeness it stays sorted by the cell for which that was asked, whatever is selected since. */
export function useSortOrder(present: () => Cell | undefined) {
  const order = ref<Order>('doubt')
  const like = shallowRef<Likeness | null>(null)
  const { attempt, failure } = useAttempt()

  /** Sorts by likeness to the cell that is selected now. */
  async function alike() {
    const cell = present()
    if (!cell) return
    await attempt(async () => {
      const cells = await api.get('/api/cells/{id}/similar', { params: { path: { id: cell.id } } })
      like.value = { cell, of: new Map(cells.map(({ id, similarity }) => [id, similarity])) }
      order.value = 'similarity'
    })
  }
  async function choose(chosen: Order) {
    if (chosen === 'similarity') return alike()
    order.value = chosen
    failure.value = ''
  }
  return { order, like, failure, alike, choose }
}
