import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { controlChart } from '../../annotation/index.ts'
import { reading } from '../database/reads.ts'
import type { Database } from '../database/schema.ts'
import { shareOf } from './corrections.ts'
import { chosenCases, type Scope, type Which } from './filter.ts'
import { byPeriod } from './periods.ts'
import type { Drift } from './schemas.ts'

/** What share of the reviewed cells that are asked for was corrected, by the week in which the case was received. One query. */
async function drift(db: Kysely<Database>, scope: Scope, which: Which): Promise<Static<typeof Drift>> {
  const [reviewed, corrected] =
    which === 'singly' ? (['singly', 'corrected_singly'] as const) : (['reviewed', 'corrected'] as const)
  const rows = await chosenCases(db, scope)
    .select('received_on as day')
    .select((eb) => [eb.fn.sum(reviewed).as('total'), eb.fn.sum(corrected).as('count')])
    .where(reviewed, '>', 0)
    .groupBy('received_on')
    .execute()
  const days = rows.map(({ day, total, count }) => ({ day, total: Number(total), count: Number(count) }))
  const weeks = byPeriod(days, 'week', ['total', 'count'])
  const { centre, sigma, points } = controlChart(weeks)
  return {
    centre,
    sigma,
    drifting: points.slice(-1).some(({ signal }) => signal !== 'none'),
    weeks: weeks.map(({ start, total, count }, i) => {
      const { low, high, signal } = points[i]!
      return {
        start,
        reviewed: total,
        corrected: count,
        share: shareOf(count, total),
        limitLow: low,
        limitHigh: high,
        signal,
      }
    }),
  }
}

export const DRIFT = reading(import.meta.url, 'DRIFT', drift)
