import type { Kysely } from 'kysely'
import { TABLE_OF_NOUN } from '../api/case-of-noun.ts'
import type { Database } from '../database/schema.ts'
import type { Entry } from './seal.ts'

const PATIENTS = 'patients'

/** What is to be written; `noun` is the first word of the address where that names an id. */
export interface Pending {
  entry: Entry
  noun?: string | undefined
}

export const isKnownNoun = (noun: string): boolean => noun === PATIENTS || Object.hasOwn(TABLE_OF_NOUN, noun)

/** The entries with the case and the patient that each concerns. A few queries, however many entries there are. */
export async function concerned(db: Kysely<Database>, all: readonly Pending[]): Promise<Entry[]> {
  const cases = new Map<string, string>()
  for (const [noun, table] of Object.entries(TABLE_OF_NOUN)) {
    const ids = all.flatMap(({ entry, noun: of }) =>
      of === noun && entry.subject_id !== null ? [entry.subject_id] : [],
    )
    if (ids.length === 0) continue
    const found =
      table === 'cases'
        ? await db.selectFrom(table).select(['id', 'id as case_id']).where('id', 'in', ids).execute()
        : await db.selectFrom(table).select(['id', 'case_id']).where('id', 'in', ids).execute()
    for (const { id, case_id } of found) cases.set(`${noun} ${id}`, case_id)
  }
  const patients = await patientsOf(db, new Set(cases.values()))
  return all.map(({ entry, noun }) => {
    if (noun === PATIENTS) return { ...entry, patient_id: entry.subject_id }
    const case_id = entry.case_id ?? cases.get(`${noun} ${entry.subject_id}`) ?? null
    return { ...entry, case_id, patient_id: entry.patient_id ?? patients.get(case_id ?? '') ?? null }
  })
}

async function patientsOf(db: Kysely<Database>, caseIds: Set<string>): Promise<Map<string, string>> {
  if (caseIds.size === 0) return new Map()
  const rows = await db
    .selectFrom('cases')
    .select(['id', 'patient_id'])
    .where('id', 'in', [...caseIds])
    .execute()
  return new Map(rows.map(({ id, patient_id }) => [id, patient_id]))
}
