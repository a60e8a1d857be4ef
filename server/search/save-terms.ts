import type { Kysely } from 'kysely'
import { inChunks } from '../database/in-chunks.ts'
import type { Database, SearchTerms } from '../database/schema.ts'
import { caseTerms, patientTerms } from './terms.ts'

type Db = Kysely<Database>

/**
 * Writes anew the terms that find a patient: what the row says, and what those said that were merged into it, so that a
 * duplicate's old number still leads to the person. A patient that was merged away has none of its own.
 */
export async function savePatientTerms(db: Db, patientId: string): Promise<void> {
  await db.deleteFrom('search_terms').where('patient_id', '=', patientId).where('case_id', '=', '').execute()
  const own = await db
    .selectFrom('patients')
    .select(['id', 'name', 'hospital_number', 'merged_into'])
    .where('id', '=', patientId)
    .executeTakeFirst()
  if (!own || own.merged_into) return
  const called = [own, ...(await mergedInto(db, [patientId]))]
  const terms = called.flatMap(({ name, hospital_number }) =>
    patientTerms({ name, hospitalNumber: hospital_number }),
  )
  await insertTerms(
    db,
    [...new Set(terms)].map((term) => ({ term, patient_id: patientId, case_id: '' })),
  )
}

/** Writes anew the terms that find cases, under the patients to whom they belong now; `before`: to whom they belonged. */
export async function saveCaseTerms(
  db: Db,
  caseIds: readonly string[],
  before: readonly string[],
): Promise<void> {
  for (const ids of inChunks(caseIds)) {
    const rows = await db
      .selectFrom('cases')
      .select(['id', 'patient_id', 'marrow_number', 'received_on', 'diagnosis', 'former_numbers'])
      .where('id', 'in', ids)
      .execute()
    if (rows.length === 0) continue
    await db
      .deleteFrom('search_terms')
      .where('patient_id', 'in', [...new Set([...before, ...rows.map((row) => row.patient_id)])])
      .where('case_id', 'in', ids)
      .execute()
    await insertTerms(db, rows.flatMap(termsOfCase))
  }
}

interface CaseColumns {
  id: string
  patient_id: string
  marrow_number: string
  received_on: string
  diagnosis: string
  former_numbers?: string | null
}

/** A former number leads to the case, too. */
export function termsOfCase(row: CaseColumns): SearchTerms[] {
  const former: { number: string }[] = JSON.parse(row.former_numbers ?? '[]')
  const { received_on: receivedOn, diagnosis } = row
  const terms = [row.marrow_number, ...former.map(({ number }) => number)].flatMap((marrowNumber) =>
    caseTerms({ marrowNumber, receivedOn, diagnosis }),
  )
  return [...new Set(terms)].map((term) => ({ term, patient_id: row.patient_id, case_id: row.id }))
}

export async function insertTerms(db: Db, rows: readonly SearchTerms[]): Promise<void> {
  for (const chunk of inChunks(rows)) await db.insertInto('search_terms').values(chunk).execute()
}

/** All that were merged into these patients, and into those. */
async function mergedInto(db: Db, ids: string[]): Promise<{ name: string; hospital_number: string }[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('patients')
    .select(['id', 'name', 'hospital_number'])
    .where('merged_into', 'in', ids)
    .execute()
  return [
    ...rows,
    ...(await mergedInto(
      db,
      rows.map(({ id }) => id),
    )),
  ]
}
