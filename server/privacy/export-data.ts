import type { Kysely } from 'kysely'
import { probabilitiesOf } from '../cells/stored-probabilities.ts'
import { inChunks } from '../database/in-chunks.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>
type Row = Record<string, unknown>

/** Columns that hold JSON as text, in any table. */
const JSON_COLUMNS = new Set(
  'changes moved filled warnings models classes regions snapshot counts content agreement detail'.split(' '),
)

/** A row as the database holds it, with the JSON in it opened. */
const opened = (row: object): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      JSON_COLUMNS.has(name) && typeof value === 'string' ? JSON.parse(value) : value,
    ]),
  )

/** The rows of the patient and of the duplicates, of what changed in them, and of their merges. */
export async function patientData(db: Db, ids: readonly string[]) {
  const merges = await db
    .selectFrom('patient_merges')
    .selectAll()
    .where((eb) => eb.or([eb('kept_id', 'in', ids), eb('merged_id', 'in', ids)]))
    .orderBy('id')
    .execute()
  const changes = db.selectFrom('patient_changes').selectAll().where('patient_id', 'in', ids).orderBy('id')
  const terms = db.selectFrom('search_terms').selectAll().where('patient_id', 'in', ids).orderBy('term')
  const patients = await db.selectFrom('patients').selectAll().where('id', 'in', ids).execute()
  return {
    // The patient first, then the duplicates in the order in which they were found.
    patients: ids.flatMap((id) => patients.filter((row) => row.id === id)).map(opened),
    patient_changes: (await changes.execute()).map(opened),
    patient_merges: merges.map(opened),
    search_terms: await terms.execute(),
  }
}

/** All rows of a case but its cells. */
export async function caseData(db: Db, id: string) {
  const all = (
    table:
      | 'slides'
      | 'fields'
      | 'upload_faults'
      | 'analyses'
      | 'cell_changes'
      | 'second_readings'
      | 'signatures'
      | 'case_corrections'
      | 'reference_cells',
  ) => db.selectFrom(table).selectAll().where('case_id', '=', id).orderBy('id').execute()
  const one = (table: 'report_drafts' | 'manual_counts' | 'case_summaries') =>
    db.selectFrom(table).selectAll().where('case_id', '=', id).executeTakeFirst()
  const caseRow = await db.selectFrom('cases').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const readings = await all('second_readings')
  const said = []
  for (const ids of inChunks(readings.map((reading) => reading.id))) {
    said.push(
      ...(await db.selectFrom('second_reading_cells').selectAll().where('reading_id', 'in', ids).execute()),
    )
  }
  const [draft, counts, summary] = [
    await one('report_drafts'),
    await one('manual_counts'),
    await one('case_summaries'),
  ]
  return {
    case: caseRow,
    slides: await all('slides'),
    fields: (await all('fields')).map(opened),
    upload_faults: await all('upload_faults'),
    analyses: (await all('analyses')).map(opened),
    cell_changes: (await all('cell_changes')).map(opened),
    second_readings: readings.map(opened),
    second_reading_cells: said,
    /** The signature and its addenda. */
    signatures: (await all('signatures')).map(opened),
    report_draft: draft ? opened(draft) : null,
    manual_count: counts ? opened(counts) : null,
    case_summary: summary ?? null,
    case_corrections: await all('case_corrections'),
    reference_cells: (await all('reference_cells')) as Database['reference_cells'][],
  }
}

/** The cells of a case, also those that were removed, with what the networks kept of each; the probabilities by class. */
export async function cellData(db: Db, caseId: string): Promise<Row[]> {
  const rows = await db
    .selectFrom('cells')
    .leftJoin('cell_embeddings', 'cell_embeddings.cell_id', 'cells.id')
    .leftJoin('analyses', 'analyses.id', 'analysis_id')
    .selectAll('cells')
    .select(['recogniser', 'embedding', 'classes'])
    .where('cells.case_id', '=', caseId)
    .orderBy('cells.id')
    .execute()
  return rows.map(({ classes, ...cell }) => ({
    ...opened(cell),
    probabilities: probabilitiesOf(cell.probabilities, classes),
  }))
}

/**
 * What the audit tells of the patient and the cases. Not from which computer, which tells only of the staff; who it was is
 * given as everywhere in the archive, by number.
 */
export async function auditData(db: Db, patientIds: readonly string[], caseIds: readonly string[]) {
  const columns = ['number', 'at', 'user_id', 'event', 'subject_id', 'case_id', 'patient_id'] as const
  const found = new Map<number, Row>()
  for (const [column, all] of [
    ['patient_id', patientIds],
    ['case_id', caseIds],
  ] as const) {
    for (const ids of inChunks(all)) {
      const rows = await db
        .selectFrom('audit')
        .select([...columns, 'status', 'detail'])
        .where(column, 'in', ids)
        .execute()
      for (const row of rows) found.set(Number(row.number), opened(row))
    }
  }
  return [...found].sort(([a], [b]) => a - b).map(([, row]) => row)
}
