import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { differential, INTENDED_USE, lineageShares } from '../../cytology/index.ts'
import { isSigned } from '../case-lock/refuse-if-signed.ts'
import { countsToSign } from '../cells/counts-to-sign.ts'
import { ruleOf } from '../counting-rules/rule-of-case.ts'
import type { Database } from '../database/schema.ts'
import { openReadingsOf } from '../readings/blind.ts'
import type { FollowUp } from './follow-up-schema.ts'
import { patientRow } from './patient-row.ts'

/**
 * What each case of a patient counted, in the order in which they were received: the blasts and each lineage with their
 * intervals, under the case's own counting rule. A case in which nothing is counted yet is left out, and
 * one that the asking person is to read blind.
 */
export async function followUp(
  db: Kysely<Database>,
  patientId: string,
  userId: string,
): Promise<Static<typeof FollowUp>> {
  await patientRow(db, patientId)
  const rows = await db
    .selectFrom('cases')
    .select([
      'id',
      'marrow_number',
      'received_on',
      'status',
      'counting_rule',
      'counting_rule_version',
      'me_rule',
      'reported_count',
    ])
    .where('patient_id', '=', patientId)
    .orderBy('received_on')
    .orderBy('id')
    .execute()
  const points: Static<typeof FollowUp>['points'] = []
  const blind = await openReadingsOf(db, userId)
  for (const row of rows) {
    if (blind.has(row.id)) continue
    const { counts } = await countsToSign(db, row)
    const counting = await ruleOf(db, row)
    const { counted, byType, rule } = differential(counts, counting)
    if (counted === 0) continue
    points.push({
      caseId: row.id,
      marrowNumber: row.marrow_number,
      receivedOn: row.received_on,
      signed: isSigned(row.status),
      rule,
      counted,
      blast: byType.blast ?? null,
      lineages: lineageShares(counts, counting),
    })
  }
  return { notice: INTENDED_USE, points }
}
