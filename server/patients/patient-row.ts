import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Static } from 'typebox'
import {
  numberKey,
  PATIENT_FIELD_NAMES,
  PATIENT_FIELDS,
  type PatientColumn,
  type PatientData,
  patientDataOfRow,
  writtenName,
  writtenNumber,
} from '../../cytology/index.ts'
import type { Database, Patients } from '../database/schema.ts'
import { HttpError, notFound } from '../errors.ts'
import { nameSound } from '../search/name-sound.ts'
import type { PatientRecord } from './schemas.ts'

export type PatientRow = Selectable<Patients>

/** The columns that hold what is known, as it is kept. */
export function columnsOf(known: PatientData) {
  const values = PATIENT_FIELD_NAMES.map((field) => {
    const { column, kind } = PATIENT_FIELDS[field]
    return [column, kind === 'text' ? known[field]!.trim() : known[field]]
  })
  return {
    ...(Object.fromEntries(values) as Pick<PatientRow, PatientColumn>),
    ...numberColumns(known.hospitalNumber),
    name: writtenName(known.name),
    ...nameSound(known.name),
  }
}

/** A hospital number as it is kept, and what it is compared by. */
export const numberColumns = (hospitalNumber: string) => ({
  hospital_number: writtenNumber(hospitalNumber),
  hospital_number_key: numberKey(hospitalNumber),
})

export const patientAnswer = (row: PatientRow): Static<typeof PatientRecord> => ({
  id: row.id,
  ...patientDataOfRow(row),
  pinyin: row.pinyin,
  initials: row.initials,
  archived: row.archived === 1,
  mergedInto: row.merged_into,
  version: row.version,
  createdAt: Number(row.created_at),
})

/** Errors: NOT_FOUND; PATIENT_ERASED, whose details are {at, by, reason}. */
export async function patientRow(db: Kysely<Database>, id: string): Promise<PatientRow> {
  const row = await db.selectFrom('patients').selectAll().where('id', '=', id).executeTakeFirst()
  if (row) return row
  const erased = await db
    .selectFrom('erased_patients')
    .leftJoin('users', 'users.id', 'erased_by')
    .select(['erased_at', 'users.name', 'reason'])
    .where('erased_patients.id', '=', id)
    .executeTakeFirst()
  if (!erased) throw notFound('patient')
  throw new HttpError(
    410,
    'PATIENT_ERASED',
    'The data of this patient were erased; only the audit tells what was done before.',
    { at: Number(erased.erased_at), by: erased.name, reason: erased.reason },
  )
}

/**
 * Takes the patient's row, by a write that changes nothing, so that it is not erased before the transaction ends.
 * Errors: as `patientRow`.
 */
export async function holdPatient(trx: Transaction<Database>, id: string): Promise<PatientRow> {
  await holdPatients(trx, [id])
  return patientRow(trx, id)
}

/** As `holdPatient`, of many; who is gone already is passed by. */
export async function holdPatients(trx: Transaction<Database>, ids: Iterable<string>): Promise<void> {
  // One by one and always in the same order, so that two who hold the same ones never wait for each other in turn.
  for (const id of [...ids].sort()) {
    await trx
      .updateTable('patients')
      .set((eb) => ({ version: eb.ref('version') }))
      .where('id', '=', id)
      .execute()
  }
}
