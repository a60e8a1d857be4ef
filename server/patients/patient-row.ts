import type { Kysely, Selectable } from 'kysely'
import type { Static } from 'typebox'
import type { Database, Patients } from '../database/schema.ts'
import { notFound } from '../errors.ts'
import { nameSound } from '../search/name-sound.ts'
import type { Patient, PatientRecord } from './schemas.ts'

export type PatientRow = Selectable<Patients>

/** The columns that hold what was given, as it is kept. */
export const columnsOf = ({ hospitalNumber, name, sex, birthDate }: Static<typeof Patient>) => ({
  hospital_number: hospitalNumber.trim(),
  name: name.trim(),
  sex,
  birth_date: birthDate,
  ...nameSound(name),
})

export const patientAnswer = (row: PatientRow): Static<typeof PatientRecord> => ({
  id: row.id,
  hospitalNumber: row.hospital_number,
  name: row.name,
  sex: row.sex,
  birthDate: row.birth_date,
  pinyin: row.pinyin,
  initials: row.initials,
  archived: row.archived === 1,
  mergedInto: row.merged_into,
  version: row.version,
  createdAt: Number(row.created_at),
})

/** Errors: NOT_FOUND. */
export async function patientRow(db: Kysely<Database>, id: string): Promise<PatientRow> {
  const row = await db.selectFrom('patients').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound('patient')
  return row
}
