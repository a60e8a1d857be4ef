import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { v7 as uuid } from 'uuid'
import { mustBeReader } from '../accounts/readers.ts'
import { siteSettings } from '../accounts/site-settings.ts'
import { record } from '../audit/record.ts'
import { insertCases, USUAL_STAIN } from '../case-lock/cases.ts'
import { mustGoWith, ruleForNewCase } from '../counting-rules/choose-rule.ts'
import { isDuplicate } from '../database/is-duplicate.ts'
import type { Database } from '../database/schema.ts'
import { localDay } from '../local-day.ts'
import { setArchived } from '../patients/change-patient.ts'
import { patientFor } from '../patients/patient-of-case.ts'
import { holdPatient } from '../patients/patient-row.ts'
import { keptPatient } from '../patients/with-number.ts'
import { saveCaseTerms } from '../search/save-terms.ts'
import { caseOf, toRecord } from './case-row.ts'
import { marrowNumberColumns, refuseIfTaken, taken } from './marrow-number.ts'
import type { NewCase } from './schemas.ts'

type CaseGiven = Static<typeof NewCase>

/**
 * Makes a case with one slide, and returns its id. It is about the patient whom `patientId` names; without one, about whom
 * `patient` describes. Errors: MARROW_NUMBER_EMPTY, MARROW_NUMBER_TAKEN, NOT_FOUND, READER_UNKNOWN,
 * COUNTING_RULE_UNKNOWN, RULE_WITHDRAWN, ME_RULE_UNKNOWN, HOSPITAL_NUMBER_TWICE.
 */
export async function newCase(
  db: Kysely<Database>,
  userId: string,
  given: CaseGiven,
  synthetic = false,
): Promise<string> {
  const number = marrowNumberColumns(given.marrowNumber)
  if (given.readerId) await mustBeReader(db, given.readerId)
  const { target } = await siteSettings(db)
  const rule = await ruleForNewCase(db, given.countingRule)
  if (given.meRule !== undefined) mustGoWith(rule, given.meRule)
  const id = uuid()
  const at = Date.now()
  try {
    await db.transaction().execute(async (trx) => {
      await refuseIfTaken(trx, number)
      const patientId = given.patientId
        ? await keptPatient(trx, given.patientId)
        : await patientFor(trx, userId, given.patient)
      // Who gets a new case is no longer put away.
      const { archived, version } = await holdPatient(trx, patientId)
      if (archived) await setArchived(trx, patientId, userId, version, false)
      await insertCases(trx, userId, at, [
        {
          id,
          patient_id: patientId,
          ...number,
          site: given.site ?? '',
          stain: given.stain ?? USUAL_STAIN,
          diagnosis: given.diagnosis ?? '',
          clinical_note: given.clinicalNote ?? '',
          requester: given.requester ?? '',
          received_on: given.receivedOn ?? localDay(at),
          target: given.target ?? target,
          counting_rule: rule.id,
          counting_rule_version: rule.version,
          me_rule: given.meRule ?? rule.meRule.id,
          reader_id: given.readerId ?? null,
          synthetic: synthetic ? 1 : 0,
        },
      ])
      await saveCaseTerms(trx, [id], [])
      await record(trx, {
        event: 'case.create',
        caseId: id,
        subjectId: id,
        after: toRecord(await caseOf(trx, id)),
      })
    })
  } catch (error) {
    if (isDuplicate(error)) throw taken(number.marrow_number)
    throw error
  }
  return id
}
