import type { LocationQuery } from 'vue-router'
import type { Query } from '../api/types.ts'

/** What the address of the page and the API's questions both call the filters. */
export const FILTERS = [
  'from',
  'to',
  'site',
  'diagnosis',
  'reader',
  'status',
  'recogniser',
  'type',
  'atLeast',
  'atMost',
  'name',
  'synthetic',
] as const
export type Filters = Partial<Record<(typeof FILTERS)[number], string>>
type Asked = Query<'/api/statistics/types'>

/** The filters that an address names; empty ones and others are left out. */
export function filtersOf(query: LocationQuery): Filters {
  return Object.fromEntries(
    FILTERS.flatMap((name) => {
      const value = query[name]
      return typeof value === 'string' && value !== '' ? [[name, value]] : []
    }),
  )
}

/** As the API takes them, with numbers and truth as such. What the address says in words of its own, the server refuses. */
export function filterBody({ atLeast, atMost, synthetic, ...texts }: Filters): Asked {
  return {
    ...(texts as Omit<Asked, 'atLeast' | 'atMost' | 'synthetic'>),
    ...(atLeast === undefined ? {} : { atLeast: Number(atLeast) }),
    ...(atMost === undefined ? {} : { atMost: Number(atMost) }),
    ...(synthetic === undefined ? {} : { synthetic: synthetic === 'true' }),
  }
}
