import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { blandAltman } from '../../annotation/index.ts'
import { CELL_TYPES, type CellType } from '../../cytology/index.ts'
import { reading } from '../database/reads.ts'
import type { Database } from '../database/schema.ts'
import { eachCase } from './each-case.ts'
import { chosenCases, countedInImages, percentOf, type Scope } from './filter.ts'
import type { Differences } from './schemas.ts'

/** Cases that are shown as points, the newest; the limits are of all. */
const POINTS = 500

/**
 * What the model alone would have counted against what was signed, in percent of all nucleated cells: Bland and Altman's
 * bias and limits of each type, and the cases of one type as points.
 */
async function differences(
  db: Kysely<Database>,
  scope: Scope,
  type: CellType,
): Promise<Static<typeof Differences>> {
  const sums = CELL_TYPES.map(() => ({ cases: 0, sum: 0, squares: 0 }))
  await eachCase(db, scope, { signedOnly: true }, (signed, model) => {
    if (signed.total === 0 || model.total === 0) return
    for (const [i, of] of sums.entries()) {
      const apart = (100 * model.counts[i]!) / model.total - (100 * signed.counts[i]!) / signed.total
      of.cases++
      of.sum += apart
      of.squares += apart * apart
    }
  })
  const points = await chosenCases(db, scope)
    .select(['case_id as caseId', percentOf(type, 'suggested').as('model'), percentOf(type).as('signed')])
    .where('signed_at', 'is not', null)
    .where('cells', '>', 0)
    .where(countedInImages)
    .where('counted', '>', 0)
    .where('suggested', '>', 0)
    .orderBy('received_on', 'desc')
    .limit(POINTS)
    .execute()
  return {
    cases: sums[0]!.cases,
    type,
    types: CELL_TYPES.map((id, i) => {
      const { bias = null, sd = null, low = null, high = null } = blandAltman(sums[i]!) ?? {}
      return { type: id, bias, sd, low, high }
    }),
    points: points.map(({ caseId, model, signed }) => ({
      caseId,
      model: Number(model),
      signed: Number(signed),
    })),
  }
}

export const DIFFERENCES = reading(import.meta.url, 'DIFFERENCES', differences)
