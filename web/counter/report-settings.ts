import { useQuery } from '@tanstack/vue-query'
import { api } from '../api/client.ts'

/** What the site says of its reports: letterhead, when a value is marked, who may verify. */
export const useReportSettings = () =>
  useQuery({
    queryKey: ['report-settings'],
    queryFn: () => api.get('/api/report-settings'),
    staleTime: 60_000,
  })
