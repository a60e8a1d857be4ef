import { useQuery } from '@tanstack/vue-query'
import { type ComputedRef, computed } from 'vue'
import type { ReferenceTable as Table } from '../../cytology/index.ts'
import { api } from '../api/client.ts'

/** The table of reference ranges that the site uses; null until it is known. */
export function useReferenceTable(): ComputedRef<Table | null> {
  const { data } = useReferenceTables()
  return computed(() => {
    const row = data.value?.find((table) => table.active)
    return row ? { ...row, id: row.tableId } : null
  })
}

/** All versions of all tables. */
export const useReferenceTables = () =>
  useQuery({
    queryKey: ['reference-tables'],
    queryFn: () => api.get('/api/reference-tables'),
    staleTime: 60_000,
  })
