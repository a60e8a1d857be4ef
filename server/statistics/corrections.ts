import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { CELL_CLASSES, type CellClass, clopperPearson } from '../../cytology/index.ts'
import { reading } from '../database/reads.ts'
import type { Database } from '../database/schema.ts'
import { chosenCases, chosenCorrections, type Scope } from './filter.ts'
import type { Corrections, Share } from './schemas.ts'

/** Beyond this the exact interval takes long and differs from Wilson's by less than what is shown. */
const EXACT_UP_TO = 5000
const Z = 1.959964

/** What the model suggested against what a person called it, over reviewed cells. Two queries. */
async function corrections(db: Kysely<Database>, scope: Scope): Promise<Static<typeof Corrections>> {
  const [sums, rows] = await Promise.all([
    chosenCases(db, scope)
      .select((eb) => CELL_CLASSES.map((type) => eb.fn.sum(`confirmed_${type}`).as(type)))
      .executeTakeFirstOrThrow(),
    chosenCorrections(db, scope)
      .select((eb) => ['suggested', 'type', eb.fn.sum('count').as('count')])
      .groupBy(['suggested', 'type'])
      .execute(),
  ])
  const confirmed = (type: CellClass) => Number((sums as Record<string, unknown>)[type] ?? 0)
  const apart = rows
    .map(({ suggested, type, count }) => ({ suggested, type, count: Number(count) }))
    .sort((a, b) => b.count - a.count || (a.suggested + a.type < b.suggested + b.type ? -1 : 1))
  const sum = (of: (pair: (typeof apart)[number]) => boolean) =>
    apart.reduce((total, pair) => (of(pair) ? total + pair.count : total), 0)
  const agreed = CELL_CLASSES.reduce((total, type) => total + confirmed(type), 0)
  return {
    reviewed: agreed + sum(() => true),
    agreed: shareOf(agreed, agreed + sum(() => true)),
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
