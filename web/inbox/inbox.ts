import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, watch } from 'vue'
import { useRoute } from 'vue-router'
import { api } from '../api/client.ts'
import { useSession } from '../session.ts'

/** ms between two looks for what waits. */
const EVERY = 8_000

/** What waits for the person who is signed in. */
export function useInbox() {
  const session = useSession()
  return useQuery({
    queryKey: ['inbox', () => session.me?.id],
    queryFn: () => api.get('/api/inbox'),
    enabled: () => session.me !== null && !session.expired,
    refetchInterval: EVERY,
  })
}

/** What waits in a case is seen when the case is opened. */
export function useSeenCases() {
  const { data } = useInbox()
  const route = useRoute()
  const queries = useQueryClient()
  const caseId = computed(() => (route.path.startsWith('/case/') ? String(route.params.id) : null))
  const unread = computed(() =>
    caseId.value && data.value?.items.some((item) => item.unread && item.caseId === caseId.value)
      ? caseId.value
      : null,
  )
  watch(unread, async (id) => {
    if (!id) return
    // Where it fails now it is done with the next look.
    await api.post('/api/cases/{id}/second-readings/seen', { params: { path: { id } } }).catch(() => {})
    await queries.invalidateQueries({ queryKey: ['inbox'] })
  })
  return data
}
