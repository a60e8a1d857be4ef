import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import type { Database } from '../database/schema.ts'
import { patientRow } from './patient-row.ts'
import type { PatientHistory } from './schemas.ts'

/** What was changed in a patient, by whom, the newest first. Errors: NOT_FOUND. */
export async function readHistory(
  db: Kysely<Database>,
  patientId: string,
): Promise<Static<typeof PatientHistory>> {
  await patientRow(db, patientId)
  const rows = await db
    .selectFrom('patient_changes')
    .leftJoin('users', 'users.id', 'patient_changes.user_id')
    .selectAll('patient_changes')
    .select('users.name as user_name')
    .where('patient_id', '=', patientId)
    .orderBy('at', 'desc')
    .orderBy('patient_changes.id', 'desc')
    .execute()
  return rows.map(({ id, at, user_name, kind, changes }) => ({
    id,
    at: Number(at),
    userName: user_name,
    kind,
    changes: JSON.parse(changes),
  }))
}
