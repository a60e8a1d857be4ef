import { type Kysely, sql } from 'kysely'
import type { Static } from 'typebox'
import { reading } from '../database/reads.ts'
import type { Database } from '../database/schema.ts'
import { chosenCases, type Scope } from './filter.ts'
import { byPeriod, type Step } from './periods.ts'
import { quartilesOf } from './quantiles.ts'
import type { Overview } from './schemas.ts'

const HOUR = 3_600_000
const OF_CELLS = ['cells', 'reviewed', 'singly', 'together', 'corrected', 'doubtful'] as const
const SUMS = ['cases', 'signed', ...OF_CELLS, 'correctedSingly'] as const

/** How much was done, by period, and how long it took. Two queries. */
async function overview(db: Kysely<Database>, scope: Scope, by: Step): Promise<Static<typeof Overview>> {
  const rows = await chosenCases(db, scope)
    .select('received_on as day')
    .select((eb) => [
      eb.fn.countAll().as('cases'),
      eb.fn.count('signed_at').as('signed'),
      eb.fn.sum('corrected_singly').as('correctedSingly'),
      ...OF_CELLS.map((column) => eb.fn.sum(column).as(column)),
    ])
    .groupBy('received_on')
    .execute()
  const days = rows.map(({ day, ...sums }) => ({
    day,
    ...(Object.fromEntries(SUMS.map((key) => [key, Number(sums[key])])) as Record<
      (typeof SUMS)[number],
      number
    >),
  }))
  const total = (key: (typeof SUMS)[number]) => days.reduce((sum, row) => sum + row[key], 0)
  return {
    ...(Object.fromEntries(SUMS.map((key) => [key, total(key)])) as Record<(typeof SUMS)[number], number>),
    turnaround: await turnaround(db, scope),
    periods: byPeriod(days, by, SUMS),
  }
}

/** To the hour: then there are so few values that the database can count them. */
async function turnaround(db: Kysely<Database>, scope: Scope) {
  const rows = await chosenCases(db, scope)
    .select((eb) => [
      sql<number>`floor(turnaround / ${sql.lit(HOUR)})`.as('hours'),
      eb.fn.countAll().as('count'),
    ])
    .where('turnaround', 'is not', null)
    .groupBy('hours')
    .execute()
  const histogram = rows.map(({ hours, count }) => ({
    value: Math.floor(Number(hours)),
    count: Number(count),
  }))
  return { cases: histogram.reduce((sum, { count }) => sum + count, 0), ...quartilesOf(histogram) }
}

export const OVERVIEW = reading(import.meta.url, 'OVERVIEW', overview)
