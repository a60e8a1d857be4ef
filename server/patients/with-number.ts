/** Who has a hospital number, as a person reads it. */
import type { Kysely } from 'kysely'
import { numberKey } from '../../cytology/index.ts'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'
import { patientRow } from './patient-row.ts'

type Db = Kysely<Database>

/**
 * The id of the patient whom a hospital number names, of whom it may have turned out to be a duplicate.
 * Errors: HOSPITAL_NUMBER_TWICE where a site held the number twice, written in two ways; details are their {ids}.
 */
export async function patientWithNumber(db: Db, hospitalNumber: string): Promise<string | undefined> {
  const ids = await patientsWithKey(db, numberKey(hospitalNumber))
  if (ids.length > 1) {
    throw new HttpError(
      409,
      'HOSPITAL_NUMBER_TWICE',
      `Several patients have the hospital number ${hospitalNumber.trim()}. Open one of them, and merge them or correct a number first.`,
      { ids },
    )
  }
  return ids[0]
}

/** The patients who have a number, by its key: who is kept stands for a duplicate. '' is nobody's. */
export async function patientsWithKey(db: Db, key: string): Promise<string[]> {
  if (!key) return []
  const rows = await db
    .selectFrom('patients')
    .select(['id', 'merged_into'])
    .where('hospital_number_key', '=', key)
    .orderBy('id')
    .execute()
  const kept = new Set<string>()
  for (const { id, merged_into } of rows) kept.add(merged_into ? await keptPatient(db, merged_into) : id)
  return [...kept]
}

/** Others who have the same number as this patient, whom a site held before numbers were compared as they are read. */
export async function sameNumber(db: Db, patientId: string): Promise<{ id: string; name: string }[]> {
  const { hospital_number_key: key, merged_into } = await patientRow(db, patientId)
  const others = merged_into ? [] : (await patientsWithKey(db, key)).filter((id) => id !== patientId)
  const rows = []
  for (const id of others) rows.push(await patientRow(db, id))
  return rows.map(({ id, name }) => ({ id, name }))
}

/** The patient itself, or the one of whom it turned out to be a duplicate. Errors: NOT_FOUND. */
export async function keptPatient(db: Db, id: string): Promise<string> {
  const { merged_into } = await patientRow(db, id)
  return merged_into ? keptPatient(db, merged_into) : id
}
