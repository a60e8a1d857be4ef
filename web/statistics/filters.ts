import type { LocationQuery } from 'vue-router'

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
  'synthetic',
] as const
export type Filters = Partial<Record<(typeof FILTERS)[number], string>>

/** The filters that an address names; empty ones and others are left out. */
export function filtersOf(query: LocationQuery): Filters {
  return Object.fromEntries(
    FILTERS.flatMap((name) => {
      const value = query[name]
      return typeof value === 'string' && value !== '' ? [[name, value]] : []
    }),
  )
}

/** As the body of a request has them, with numbers and truth as such. */
export function filterBody({ atLeast, atMost, synthetic, ...texts }: Filters): Record<string, unknown> {
  return {
    ...texts,
    ...(atLeast === undefined ? {} : { atLeast: Number(atLeast) }),
    ...(atMost === undefined ? {} : { atMost: Number(atMost) }),
    ...(synthetic === undefined ? {} : { synthetic: synthetic === 'true' }),
  }
}
