import type { Transaction } from 'kysely'
import type { Static } from 'typebox'
import { v7 as uuid } from 'uuid'
import { isKnown, numberKey, patientDataOf } from '../../cytology/index.ts'
import { record } from '../audit/record.ts'
import type { Database } from '../database/schema.ts'
import { savePatientTerms } from '../search/save-terms.ts'
import { writePatient } from './change-patient.ts'
import { columnsOf } from './patient-row.ts'
import type { Patient } from './schemas.ts'
import { patientWithNumber } from './with-number.ts'

type PatientGiven = Static<typeof Patient>
type Db = Transaction<Database>

/**
 * The row of the patient whom a case is about. A hospital number names one patient: a second case with the same number gets
 * the same row, which takes over what was given this time and keeps what was left open.
 */
export async function patientFor(db: Db, userId: string, given: PatientGiven): Promise<string> {
  const { hospitalNumber = '', ...others } = given
  const known = await patientWithNumber(db, hospitalNumber)
  if (!known) return addPatient(db, given)
  const said = Object.entries(others).filter(([, value]) => isKnown(value?.trim()))
  await writePatient(db, known, userId, 'edit', Object.fromEntries(said))
  return known
}

/**
 * Corrects the patient of a case and returns the row that the case belongs to then. Another hospital number is another
 * patient, unless no other case shares the row: then only the number was mistyped.
 */
export async function correctPatient(
  db: Db,
  userId: string,
  patientId: string,
  given: PatientGiven,
): Promise<string> {
  const now = await db
    .selectFrom('patients')
    .select('hospital_number_key')
    .where('id', '=', patientId)
    .executeTakeFirstOrThrow()
  const { hospitalNumber } = given
  if (hospitalNumber !== undefined && numberKey(hospitalNumber) !== now.hospital_number_key) {
    const other = await patientWithNumber(db, hospitalNumber)
    // A number that was merged into this very patient is no other patient.
    if ((other && other !== patientId) || (await isShared(db, patientId)))
      return patientFor(db, userId, given)
  }
  await writePatient(db, patientId, userId, 'edit', given)
  return patientId
}

async function isShared(db: Db, patientId: string): Promise<boolean> {
  const cases = await db
    .selectFrom('cases')
    .select('id')
    .where('patient_id', '=', patientId)
    .limit(2)
    .execute()
  return cases.length > 1
}

/** A new row, found from now on. */
export async function addPatient(db: Db, said: PatientGiven): Promise<string> {
  const given = patientDataOf(said)
  const id = uuid()
  await db
    .insertInto('patients')
    .values({ id, ...columnsOf(given), version: 1, created_at: Date.now() })
    .execute()
  await savePatientTerms(db, id)
  await record(db, { event: 'patient.create', patientId: id, subjectId: id, after: given })
  return id
}
