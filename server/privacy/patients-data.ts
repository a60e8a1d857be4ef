import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>

/**
 * Tables whose rows belong to one case by `case_id`. Fields come first: whoever saves what was found in one holds its
 * row, and is done before its cells are removed. A test looks for a table that is missing here.
 */
export const TABLES_OF_CASE = [
  'fields',
  'cells',
  'cell_embeddings',
  'cell_changes',
  'cell_comments',
  'slides',
  'upload_faults',
  'analyses',
  'second_readings',
  'signatures',
  'report_drafts',
  'manual_counts',
  'case_summaries',
  'case_corrections',
  'case_names',
  'summaries_due',
  'reference_cells',
  'search_terms',
] as const

/** The patient and all that were merged into it, and into those. */
export async function withDuplicates(db: Db, patientId: string): Promise<string[]> {
  const all = [patientId]
  for (let next = [patientId]; next.length > 0; ) {
    const rows = await db.selectFrom('patients').select('id').where('merged_into', 'in', next).execute()
    next = rows.map(({ id }) => id)
    all.push(...next)
  }
  return all
}

export async function casesOfPatients(db: Db, patientIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('cases')
    .select('id')
    .where('patient_id', 'in', patientIds)
    .orderBy('received_on')
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** Of the cases in numbers: what an erasure takes away, and what the page says before it. */
export async function countData(db: Db, caseIds: readonly string[]) {
  const none = { fields: 0, bytes: 0, cells: 0, reports: 0, readings: 0, references: 0 }
  if (caseIds.length === 0) return { cases: 0, ...none }
  const count = async (table: 'cells' | 'second_readings' | 'reference_cells') => {
    const { n } = await db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll().as('n'))
      .where('case_id', 'in', caseIds)
      .executeTakeFirstOrThrow()
    return Number(n)
  }
  const fields = await db
    .selectFrom('fields')
    .select((eb) => [eb.fn.countAll().as('n'), eb.fn.sum('bytes').as('bytes')])
    .where('case_id', 'in', caseIds)
    .executeTakeFirstOrThrow()
  const reports = await db
    .selectFrom('signatures')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('case_id', 'in', caseIds)
    .where('kind', '=', 'signature')
    .executeTakeFirstOrThrow()
  return {
    cases: caseIds.length,
    fields: Number(fields.n),
    bytes: Number(fields.bytes ?? 0),
    cells: await count('cells'),
    reports: Number(reports.n),
    readings: await count('second_readings'),
    references: await count('reference_cells'),
  }
}

export type DataCounts = Awaited<ReturnType<typeof countData>>
