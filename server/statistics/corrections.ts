import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { agreement, CELL_CLASSES, type CellClass, clopperPearson } from '../../cytology/index.ts'
import { reading } from '../database/reads.ts'
import type { Database } from '../database/schema.ts'
import { chosenCases, chosenCorrections, type Scope, type Which } from './filter.ts'
import type { Corrections, Share } from './schemas.ts'

/** Beyond this the exact interval takes long and differs from Wilson's by less than what is shown. */
const EXACT_UP_TO = 5000
const Z = 1.959964

/**
 * What the model suggested against what a person called it, over the reviewed cells that are asked for, with κ over all of them and
 * over those that were confirmed one by one. Three queries.
 */
async function corrections(
  db: Kysely<Database>,
  scope: Scope,
  which: Which,
): Promise<Static<typeof Corrections>> {
  const [all, alone, rows] = await Promise.all([
    agreedIn(db, scope, 'confirmed'),
    agreedIn(db, scope, 'singly'),
    chosenCorrections(db, scope)
      .select((eb) => ['suggested', 'type', eb.fn.sum('count').as('count'), eb.fn.sum('singly').as('singly')])
      .groupBy(['suggested', 'type'])
      .execute(),
  ])
  const pairs = { all: apartIn(rows, 'count'), singly: apartIn(rows, 'singly') }
  const confirmed = which === 'singly' ? alone : all
  const apart = pairs[which].sort(
    (a, b) => b.count - a.count || (a.suggested + a.type < b.suggested + b.type ? -1 : 1),
  )
  const sum = (of: (pair: (typeof apart)[number]) => boolean) =>
    apart.reduce((total, pair) => (of(pair) ? total + pair.count : total), 0)
  const agreed = CELL_CLASSES.reduce((total, type) => total + confirmed(type), 0)
  return {
    reviewed: agreed + sum(() => true),
    agreed: shareOf(agreed, agreed + sum(() => true)),
    kappa: { all: kappaOf(all, pairs.all), singly: kappaOf(alone, pairs.singly) },
    corrections: apart,
    types: CELL_CLASSES.map((type) => {
      const same = confirmed(type)
      const wrongly = sum((pair) => pair.suggested === type)
      const missed = sum((pair) => pair.type === type)
      return {
        type,
        agreed: same,
        suggested: same + wrongly,
        named: same + missed,
        precision: shareOf(same, same + wrongly),
        recall: shareOf(same, same + missed),
        f1: f1Of(same, wrongly, missed),
      }
    }),
  }
}

type ByType = (type: CellClass) => number
type Apart = ReturnType<typeof apartIn>

/** Reviewed cells that the person calls as the model did. */
async function agreedIn(db: Kysely<Database>, scope: Scope, column: 'confirmed' | 'singly'): Promise<ByType> {
  const sums = await chosenCases(db, scope)
    .select((eb) => CELL_CLASSES.map((type) => eb.fn.sum(`${column}_${type}`).as(type)))
    .executeTakeFirstOrThrow()
  return (type) => Number((sums as Record<string, unknown>)[type] ?? 0)
}

function apartIn<Row extends { suggested: CellClass; type: CellClass }, Column extends keyof Row>(
  rows: readonly Row[],
  column: Column,
) {
  return rows
    .map((row) => ({ suggested: row.suggested, type: row.type, count: Number(row[column]) }))
    .filter(({ count }) => count > 0)
}

/** Of the model and the doctor, as of two readers. */
function kappaOf(agreed: ByType, apart: Apart) {
  const same = CELL_CLASSES.map((type) => ({ first: type, second: type, count: agreed(type) }))
  return agreement<CellClass>([
    ...same.filter(({ count }) => count > 0),
    ...apart.map(({ suggested, type, count }) => ({ first: suggested, second: type, count })),
  ])
}

/** F1 = 2J / (1 + J), and J, the agreed among all that either called so, is a plain proportion with an exact interval. */
function f1Of(same: number, wrongly: number, missed: number): Static<typeof Share> {
  const { value, low, high } = shareOf(same, same + wrongly + missed)
  const f1 = (j: number | null) => (j === null ? null : (2 * j) / (1 + j))
  return { value: f1(value), low: f1(low), high: f1(high) }
}

/**
 * A proportion and its 95 % interval, 0..1: exact (Clopper-Pearson), or Wilson's (J Am Stat Assoc 22 (1927) 209) for many
 * cells. It takes cells for independent, and those of one case are alike: the truth is less sure than that.
 */
export function shareOf(count: number, total: number): Static<typeof Share> {
  if (total === 0) return { value: null, low: null, high: null }
  const value = count / total
  if (total <= EXACT_UP_TO) return { value, ...clopperPearson(count, total)! }
  const middle = (value + Z ** 2 / (2 * total)) / (1 + Z ** 2 / total)
  const reach =
    (Z / (1 + Z ** 2 / total)) * Math.sqrt((value * (1 - value)) / total + Z ** 2 / (4 * total ** 2))
  return { value, low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) }
}

export const CORRECTIONS = reading(import.meta.url, 'CORRECTIONS', corrections)
