import { useQuery } from '@tanstack/vue-query'
import { api } from '../api/client.ts'

/** All versions of all counting rules of the site. */
export const useCountingRules = () =>
  useQuery({
    queryKey: ['counting-rules'],
    queryFn: () => api.get('/api/counting-rules'),
    staleTime: 60_000,
  })
