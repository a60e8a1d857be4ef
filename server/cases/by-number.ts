import type { Kysely } from 'kysely'
import { numberKey } from '../../cytology/index.ts'
import type { Database } from '../database/schema.ts'
import { patientsWithKey } from '../patients/with-number.ts'

/**
 * The case with this marrow number and the patient with this hospital number, in whatever letters a scanner sends them. Of two
 * that a site held under one number none is named; a search shows both.
 */
export async function byNumber(
  db: Kysely<Database>,
  number: string,
): Promise<{ caseId: string | null; patientId: string | null }> {
  const key = numberKey(number)
  if (!key) return { caseId: null, patientId: null }
  const cases = await db
    .selectFrom('cases')
    .select('id')
    .where('marrow_number_key', '=', key)
    .limit(2)
    .execute()
  const patients = await patientsWithKey(db, key)
  return { caseId: only(cases.map(({ id }) => id)), patientId: only(patients) }
}

const only = (ids: readonly string[]): string | null => (ids.length === 1 ? ids[0]! : null)
