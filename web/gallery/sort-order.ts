import { computed, type Ref, shallowRef } from 'vue'
import { api } from '../api/client.ts'
import type { Cell } from '../api/types.ts'
import { useAttempt } from '../use-attempt.ts'
import { ORDERS, type Order } from './sort-cells.ts'

/** The cell that others are sorted by, as it was then, and how much each is like it. */
interface Likeness {
  cell: Cell
  of: ReadonlyMap<string, number>
}

/** Likeness is to a cell that a link does not name. */
const isOrder = (text: string): text is Order => ORDERS.includes(text as Order)

/** How the gallery is sorted; `given` holds it. By likeness it stays sorted by the cell for which that was asked, whatever is selected since. */
export function useSortOrder(given: Ref<string>, present: () => Cell | undefined) {
  const order = computed({
    get: () => (isOrder(given.value) ? given.value : 'doubt'),
    set: (to) => {
      given.value = to
    },
  })
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
