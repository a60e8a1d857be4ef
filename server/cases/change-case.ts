import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import type { Database } from '../database/schema.ts'
import { conflict, HttpError } from '../errors.ts'
import { summaryDue } from '../summaries/due.ts'
import { type CaseAnswer, caseOf, refuseIfSigned } from './case-row.ts'
import { correctPatient } from './patients.ts'
import type { CasePatch } from './schemas.ts'

/** Changes what was given. Errors: NOT_FOUND, CASE_SIGNED, CHANGED_MEANWHILE with the case as it is, READER_UNKNOWN. */
export function changeCase(
  db: Kysely<Database>,
  id: string,
  patch: Static<typeof CasePatch>,
): Promise<CaseAnswer> {
  const { version, patient, readerId, ...given } = patch
  return db.transaction().execute(async (trx) => {
    // The write comes first: it takes the row's lock, so that nobody signs between the check and the change.
    const { numUpdatedRows } = await trx
      .updateTable('specimens')
      .set({ version: version + 1, updated_at: Date.now() })
      .where('id', '=', id)
      .where('version', '=', version)
      .executeTakeFirstOrThrow()
    const row = await refuseIfSigned(trx, id)
    if (Number(numUpdatedRows) === 0) throw conflict('case', await caseOf(trx, id))
    if (readerId) await mustBePerson(trx, readerId)
    await trx
      .updateTable('specimens')
      .set({
        patient_id: patient ? await correctPatient(trx, row.patient_id, patient) : row.patient_id,
        reader_id: readerId === undefined ? row.reader_id : readerId,
        site: given.site ?? row.site,
        stain: given.stain ?? row.stain,
        clinical_note: given.clinicalNote ?? row.clinical_note,
        received_on: given.receivedOn ?? row.received_on,
        target: given.target ?? row.target,
        counting_rule: given.countingRule ?? row.counting_rule,
        me_rule: given.meRule ?? row.me_rule,
      })
      .where('id', '=', id)
      .execute()
    await summaryDue(trx, id)
    return caseOf(trx, id)
  })
}

async function mustBePerson(db: Kysely<Database>, id: string): Promise<void> {
  const person = await db.selectFrom('users').select('id').where('id', '=', id).executeTakeFirst()
  if (!person)
    throw new HttpError(422, 'READER_UNKNOWN', 'There is no such person; choose a reader from the list.')
}
