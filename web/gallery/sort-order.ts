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

/**
 * How the gallery is sorted; `given` holds it. By likeness it stays sorted by the cell for which that was asked, whatever is selected
 * since, and by unlikeness as the cells were called then: they would jump away as they are named.
 */
export function useSortOrder(caseId: string, given: Ref<string>, present: () => Cell | undefined) {
  const order = computed({
    get: () => (isOrder(given.value) ? given.value : 'doubt'),
    set: (to) => {
      given.value = to
    },
  })
  const like = shallowRef<Likeness | null>(null)
  const unlike = shallowRef<ReadonlyMap<string, number>>()
  const scores = computed(() => (order.value === 'unlike' ? unlike.value : like.value?.of))
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
  /** Sorts by how unlike its type each cell is. */
  async function byUnlike() {
    await attempt(async () => {
      const cells = await api.get('/api/cases/{id}/unlike-type', { params: { path: { id: caseId } } })
      unlike.value = new Map(cells.map((cell) => [cell.id, cell.unlike]))
      order.value = 'unlike'
    })
  }
  async function choose(chosen: Order) {
    if (chosen === 'similarity') return alike()
    if (chosen === 'unlike') return byUnlike()
    order.value = chosen
    failure.value = ''
  }
  return { order, like, scores, failure, alike, choose }
}
