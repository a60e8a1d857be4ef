import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { fold } from '../search/fold.ts'
import { LONGEST_TERM } from '../search/terms.ts'

/** Others may have a diagnosis or a name of the same letters; a number is not looked for among more. */
const MOST = 50

/** The case with this marrow number and the patient with this hospital number, in whatever letters a scanner sends them. */
export async function byNumber(
  db: Kysely<Database>,
  number: string,
): Promise<{ caseId: string | null; patientId: string | null }> {
  const folded = fold(number)
  const terms = db
    .selectFrom('search_terms')
    .where('term', '=', [...folded].slice(0, LONGEST_TERM).join('').trim())
    .limit(MOST)
  const cases = await terms
    .innerJoin('specimens', 'specimens.id', 'search_terms.specimen_id')
    .select(['specimens.id', 'specimens.marrow_number'])
    .execute()
  const patients = await terms
    .where('specimen_id', '=', '')
    .innerJoin('patients', 'patients.id', 'search_terms.patient_id')
    .select(['patients.id', 'patients.hospital_number'])
    .execute()
  const caseId = cases.find(({ marrow_number }) => fold(marrow_number) === folded)?.id ?? null
  const patient = patients.find(({ hospital_number }) => fold(hospital_number) === folded)
  return { caseId, patientId: patient?.id ?? (await mergedAway(db, folded, patients)) }
}

/** The number may be that of a duplicate that was merged into the one who is found. */
async function mergedAway(
  db: Kysely<Database>,
  folded: string,
  found: readonly { id: string }[],
): Promise<string | null> {
  if (found.length === 0) return null
  const ids = found.map(({ id }) => id)
  const merged = await db
    .selectFrom('patients')
    .select(['merged_into', 'hospital_number'])
    .where('merged_into', 'in', ids)
    .execute()
  return merged.find(({ hospital_number }) => fold(hospital_number) === folded)?.merged_into ?? null
}
