import { useQuery } from '@tanstack/vue-query'
import { call } from '../api/client.ts'
import type { RuleVersion } from '../api/types.ts'

/** All versions of all counting rules of the site. */
export const useCountingRules = () =>
  useQuery({
    queryKey: ['counting-rules'],
    queryFn: () => call<RuleVersion[]>('GET', '/counting-rules'),
    staleTime: 60_000,
  })
