import type { Kysely, Selectable } from 'kysely'
import type { Static } from 'typebox'
import { mustBeReader } from '../accounts/readers.ts'
import { changed } from '../audit/changed.ts'
import { record } from '../audit/record.ts'
import { takeCaseVersion } from '../case-lock/cases.ts'
import { refuseIfSigned } from '../case-lock/refuse-if-signed.ts'
import { summaryDue } from '../case-lock/summary-due.ts'
import { ruleForChange } from '../counting-rules/choose-rule.ts'
import type { Cases, Database } from '../database/schema.ts'
import { conflict, HttpError } from '../errors.ts'
import { correctPatient } from '../patients/patient-of-case.ts'
import { holdPatient } from '../patients/patient-row.ts'
import { openReadingsOf } from '../readings/blind.ts'
import { saveCaseTerms } from '../search/save-terms.ts'
import { type CaseAnswer, caseOf, toRecord } from './case-row.ts'
import { marrowNumberColumns, refuseIfTaken } from './marrow-number.ts'
import type { CasePatch } from './schemas.ts'

/** Changes what was given. Errors: NOT_FOUND, CASE_SIGNED, CHANGED_MEANWHILE with the case as it is, READER_UNKNOWN, READER_IS_SECOND, MARROW_NUMBER_EMPTY, MARROW_NUMBER_TAKEN, and those of `ruleForChange`. */
export function changeCase(
  db: Kysely<Database>,
  id: string,
  userId: string,
  patch: Static<typeof CasePatch>,
): Promise<CaseAnswer> {
  const { version, patient, readerId, marrowNumber, ...given } = patch
  const number = marrowNumber === undefined ? undefined : marrowNumberColumns(marrowNumber)
  return db.transaction().execute(async (trx) => {
    // The write comes first: it takes the row's lock, so that nobody signs between the check and the change.
    const taken = await takeCaseVersion(trx, id, version, Date.now())
    const row = await refuseIfSigned(trx, id)
    if (!taken) throw conflict('case', await caseOf(trx, id))
    if (readerId && readerId !== row.reader_id) {
      await mustBeReader(trx, readerId)
      if ((await openReadingsOf(trx, readerId)).has(id)) throw readerIsSecond()
    }
    if (number) await refuseIfTaken(trx, number, id)
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
        ...(number && number.marrow_number !== row.marrow_number
          ? { ...number, former_numbers: await formerNumbers(trx, row, userId) }
          : {}),
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

/** With the number that the case has now, which another one is about to replace. */
async function formerNumbers(trx: Kysely<Database>, row: Selectable<Cases>, userId: string): Promise<string> {
  const { name } = await trx
    .selectFrom('users')
    .select('name')
    .where('id', '=', userId)
    .executeTakeFirstOrThrow()
  const former = { number: row.marrow_number, until: Date.now(), changedBy: name }
  return JSON.stringify([former, ...JSON.parse(row.former_numbers ?? '[]')])
}
