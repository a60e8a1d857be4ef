import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { mustBeReader } from '../accounts/readers.ts'
import { changed } from '../audit/changed.ts'
import { record } from '../audit/record.ts'
import { takeCaseVersion } from '../case-lock/cases.ts'
import { refuseIfSigned } from '../case-lock/refuse-if-signed.ts'
import { summaryDue } from '../case-lock/summary-due.ts'
import { ruleForChange } from '../counting-rules/choose-rule.ts'
import type { Database } from '../database/schema.ts'
import { conflict, HttpError } from '../errors.ts'
import { correctPatient } from '../patients/patient-of-case.ts'
import { holdPatient } from '../patients/patient-row.ts'
import { openReadingsOf } from '../readings/blind.ts'
import { saveCaseTerms } from '../search/save-terms.ts'
import { type CaseAnswer, caseOf, toRecord } from './case-row.ts'
import type { CasePatch } from './schemas.ts'

/** Changes what was given. Errors: NOT_FOUND, CASE_SIGNED, CHANGED_MEANWHILE with the case as it is, READER_UNKNOWN, READER_IS_SECOND, and those of `ruleForChange`. */
export function changeCase(
  db: Kysely<Database>,
  id: string,
  userId: string,
  patch: Static<typeof CasePatch>,
): Promise<CaseAnswer> {
  const { version, patient, readerId, ...given } = patch
  return db.transaction().execute(async (trx) => {
    // The write comes first: it takes the row's lock, so that nobody signs between the check and the change.
    const taken = await takeCaseVersion(trx, id, version, Date.now())
    const row = await refuseIfSigned(trx, id)
    if (!taken) throw conflict('case', await caseOf(trx, id))
    if (readerId && readerId !== row.reader_id) {
      await mustBeReader(trx, readerId)
      if ((await openReadingsOf(trx, readerId)).has(id)) throw readerIsSecond()
    }
    const before = await caseOf(trx, id)
    const patientId = patient ? await correctPatient(trx, userId, row.patient_id, patient) : row.patient_id
    await trx
      .updateTable('cases')
      .set({
        patient_id: patientId,
        archived: (await holdPatient(trx, patientId)).archived,
        reader_id: readerId === undefined ? row.reader_id : readerId,
        site: given.site ?? row.site,
        stain: given.stain ?? row.stain,
        diagnosis: given.diagnosis ?? row.diagnosis,
        clinical_note: given.clinicalNote ?? row.clinical_note,
        requester: given.requester ?? row.requester,
        received_on: given.receivedOn ?? row.received_on,
        reported_count: given.reportedCount === undefined ? row.reported_count : given.reportedCount,
        target: given.target ?? row.target,
        ...(await ruleForChange(trx, row, given)),
      })
      .where('id', '=', id)
      .execute()
    await saveCaseTerms(trx, [id], [row.patient_id])
    await summaryDue(trx, id)
    const after = await caseOf(trx, id)
    await record(trx, { event: 'case.change', caseId: id, ...changed(toRecord(before), toRecord(after)) })
    return after
  })
}

const readerIsSecond = () =>
  new HttpError(
    409,
    'READER_IS_SECOND',
    'This person reads the case blind as its second reader; choose someone else, or withdraw that reading first.',
  )
