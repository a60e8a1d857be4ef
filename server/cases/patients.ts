import type { Transaction } from 'kysely'
import type { Static } from 'typebox'
import { v7 as uuid } from 'uuid'
import { changed } from '../audit/changed.ts'
import { record } from '../audit/record.ts'
import type { Database } from '../database/schema.ts'
import type { Patient } from './schemas.ts'

type PatientGiven = Static<typeof Patient>
type Db = Transaction<Database>

/**
 * The row of the patient whom a case is about. A hospital number names one patient: a second case with the same number gets
 * the same row, which takes over what was given this time and keeps what was left open.
 */
export async function patientFor(db: Db, given: PatientGiven): Promise<string> {
  const known = given.hospitalNumber.trim() && (await byNumber(db, given.hospitalNumber))
  if (!known) return addPatient(db, given)
  const { id, name, sex, birth_date } = known
  const next = {
    name: given.name || name,
    sex: given.sex !== 'unknown' ? given.sex : sex,
    birth_date: given.birthDate || birth_date,
  }
  await db
    .updateTable('patients')
    .set((eb) => ({ ...next, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
  const difference = changed({ name, sex, birth_date }, next)
  if (Object.keys(difference.after).length > 0) {
    await record(db, { event: 'patient.change', patientId: id, subjectId: id, ...difference })
  }
  return id
}

/**
 * Corrects the patient of a case and returns the row that the case belongs to then. Another hospital number is another
 * patient, unless no other case shares the row: then only the number was mistyped.
 */
export async function correctPatient(db: Db, patientId: string, given: PatientGiven): Promise<string> {
  const now = await db
    .selectFrom('patients')
    .selectAll()
    .where('id', '=', patientId)
    .executeTakeFirstOrThrow()
  if (given.hospitalNumber.trim() !== now.hospital_number) {
    const other = given.hospitalNumber.trim() && (await byNumber(db, given.hospitalNumber))
    if (other || (await isShared(db, patientId))) return patientFor(db, given)
  }
  await db
    .updateTable('patients')
    .set((eb) => ({ ...columns(given), version: eb('version', '+', 1) }))
    .where('id', '=', patientId)
    .execute()
  return patientId
}

const byNumber = (db: Db, hospitalNumber: string) =>
  db
    .selectFrom('patients')
    .select(['id', 'name', 'sex', 'birth_date'])
    .where('hospital_number', '=', hospitalNumber.trim())
    .orderBy('id')
    .executeTakeFirst()

async function isShared(db: Db, patientId: string): Promise<boolean> {
  const cases = await db
    .selectFrom('specimens')
    .select('id')
    .where('patient_id', '=', patientId)
    .limit(2)
    .execute()
  return cases.length > 1
}

async function addPatient(db: Db, given: PatientGiven): Promise<string> {
  const id = uuid()
  await db
    .insertInto('patients')
    .values({ id, ...columns(given), version: 1, created_at: Date.now() })
    .execute()
  return id
}

const columns = ({ hospitalNumber, name, sex, birthDate }: PatientGiven) => ({
  hospital_number: hospitalNumber.trim(),
  name: name.trim(),
  sex,
  birth_date: birthDate,
})
