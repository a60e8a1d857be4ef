import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { v7 as uuid } from 'uuid'
import { countingRule, DEFAULT_COUNTING_RULE } from '../../cytology/index.ts'
import { siteSettings } from '../accounts/site-settings.ts'
import { isDuplicate } from '../database/is-duplicate.ts'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'
import { summaryDue } from '../summaries/due.ts'
import { patientFor } from './patients.ts'
import type { NewCase } from './schemas.ts'

type CaseGiven = Static<typeof NewCase>

/** Makes a case with its patient and one slide, and returns its id. Errors: MARROW_NUMBER_EMPTY, MARROW_NUMBER_TAKEN. */
export async function newCase(
  db: Kysely<Database>,
  userId: string,
  given: CaseGiven,
  synthetic = false,
): Promise<string> {
  const marrowNumber = given.marrowNumber.trim()
  if (!marrowNumber) throw new HttpError(400, 'MARROW_NUMBER_EMPTY', 'Give the case a marrow number.')
  const { target } = await siteSettings(db)
  const rule = countingRule(given.countingRule ?? DEFAULT_COUNTING_RULE)
  const id = uuid()
  const at = Date.now()
  try {
    await db.transaction().execute(async (trx) => {
      await trx
        .insertInto('specimens')
        .values({
          id,
          patient_id: await patientFor(trx, given.patient),
          marrow_number: marrowNumber,
          site: given.site ?? '',
          stain: given.stain ?? 'Wright-Giemsa',
          clinical_note: given.clinicalNote ?? '',
          received_on: given.receivedOn ?? new Date(at).toISOString().slice(0, 10),
          status: 'pending',
          target: given.target ?? target,
          counting_rule: rule.id,
          me_rule: given.meRule ?? rule.meRule.id,
          reader_id: null,
          synthetic: synthetic ? 1 : 0,
          version: 1,
          created_by: userId,
          created_at: at,
          updated_at: at,
        })
        .execute()
      await trx
        .insertInto('slides')
        .values({ id: uuid(), specimen_id: id, label: '1', created_at: at })
        .execute()
      await summaryDue(trx, id)
    })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    throw new HttpError(
      409,
      'MARROW_NUMBER_TAKEN',
      `There is a case with the marrow number ${marrowNumber} already. Open that one, or give this one another number.`,
    )
  }
  return id
}
