/** What is kept of a patient, as JSON. It is read and made in a thread (export-worker.ts): of a case of 100,000 cells it takes seconds. */
import type { Kysely } from 'kysely'
import { siteCellNames } from '../cell-names/site-names.ts'
import { probabilitiesOf } from '../cells/stored-probabilities.ts'
import { inChunks } from '../database/in-chunks.ts'
import type { Database, Signatures } from '../database/schema.ts'
import { bytesOf } from '../database/text-columns.ts'
import { JsonText } from './json-text.ts'

type Db = Kysely<Database>

/** All columns of a signature but what was signed, which is read as bytes. */
const SIGNATURE = Object.keys({
  ...{ id: 0, case_id: 0, number: 0, kind: 0, user_id: 0, at: 0, text: 0, sha256: 0 },
} satisfies Record<Exclude<keyof Signatures, 'snapshot'>, 0>) as Exclude<keyof Signatures, 'snapshot'>[]

/** Rows that are read at a time where one may hold much. */
const FEW = 100

/** The rows of the patient and of the duplicates, of what changed in them, and of their merges. */
export async function patientData(db: Db, ids: readonly string[]): Promise<Uint8Array[]> {
  const merges = db
    .selectFrom('patient_merges')
    .selectAll()
    .where((eb) => eb.or([eb('kept_id', 'in', ids), eb('merged_id', 'in', ids)]))
    .orderBy('id')
  const changes = db.selectFrom('patient_changes').selectAll().where('patient_id', 'in', ids).orderBy('id')
  const terms = db.selectFrom('search_terms').selectAll().where('patient_id', 'in', ids).orderBy('term')
  const patients = await db.selectFrom('patients').selectAll().where('id', 'in', ids).execute()
  return tables({
    // The patient first, then the duplicates in the order in which they were found.
    patients: async () => ids.flatMap((id) => patients.filter((row) => row.id === id)),
    patient_changes: () => changes.execute(),
    patient_merges: () => merges.execute(),
    search_terms: () => terms.execute(),
  })
}

/** All rows of a case but its cells. */
export async function caseData(db: Db, id: string): Promise<Uint8Array[]> {
  const all =
    (
      table:
        | 'slides'
        | 'fields'
        | 'upload_faults'
        | 'analyses'
        | 'second_readings'
        | 'case_corrections'
        | 'case_names'
        | 'cell_comments'
        | 'reference_cells',
    ) =>
    () =>
      db.selectFrom(table).selectAll().where('case_id', '=', id).orderBy('id').execute()
  const one = (table: 'report_drafts' | 'manual_counts' | 'case_summaries') => async () =>
    (await db.selectFrom(table).selectAll().where('case_id', '=', id).executeTakeFirst()) ?? null
  return tables({
    case: () => db.selectFrom('cases').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    slides: all('slides'),
    fields: all('fields'),
    upload_faults: all('upload_faults'),
    analyses: all('analyses'),
    cell_changes: () => changesOf(db, id),
    cell_comments: all('cell_comments'),
    /** What the ids of finer names in the rows of cells mean. */
    cell_names: async () => (await siteCellNames(db)).entries,
    second_readings: all('second_readings'),
    second_reading_cells: () => saidIn(db, id),
    /** The signature and its addenda. */
    signatures: () => signaturesOf(db, id),
    report_draft: one('report_drafts'),
    manual_count: one('manual_counts'),
    case_summary: one('case_summaries'),
    case_corrections: all('case_corrections'),
    case_names: all('case_names'),
    reference_cells: all('reference_cells'),
  })
}

/** Each table is read when the one before it is text: null, one row, or rows. */
async function tables(
  read: Readonly<Record<string, () => Promise<object | null> | AsyncIterable<readonly object[]>>>,
): Promise<Uint8Array[]> {
  const text = new JsonText()
  text.open('{')
  for (const [name, rowsOf] of Object.entries(read)) {
    text.next(name)
    const found = rowsOf()
    if (Symbol.asyncIterator in found) {
      await text.rows(found)
      continue
    }
    const rows = await found
    if (Array.isArray(rows)) await text.rows([rows])
    else if (rows === null) text.add('null')
    else text.row({ ...rows })
  }
  text.close('}')
  return text.end()
}

async function* changesOf(db: Db, caseId: string): AsyncGenerator<readonly object[]> {
  const rows = await db.selectFrom('cell_changes').select('id').where('case_id', '=', caseId).execute()
  for (const ids of inChunks(rows.map(({ id }) => id).sort(), FEW))
    yield db.selectFrom('cell_changes').selectAll().where('id', 'in', ids).orderBy('id').execute()
}

/** One at a time: what was signed of many cells is large. */
async function* signaturesOf(db: Db, caseId: string): AsyncGenerator<readonly object[]> {
  const rows = await db.selectFrom('signatures').select('id').where('case_id', '=', caseId).execute()
  for (const id of rows.map((row) => row.id).sort())
    yield db
      .selectFrom('signatures')
      .select(SIGNATURE)
      .select(bytesOf(db, 'snapshot').as('snapshot'))
      .where('id', '=', id)
      .execute()
}

/** What second readers said, a page at a time along the index. */
async function* saidIn(db: Db, caseId: string): AsyncGenerator<readonly object[]> {
  const readings = await db
    .selectFrom('second_readings')
    .select('id')
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute()
  for (const { id } of readings) {
    for (let last = ''; ; ) {
      const rows = await db
        .selectFrom('second_reading_cells')
        .selectAll()
        .where('reading_id', '=', id)
        .where('cell_id', '>', last)
        .orderBy('cell_id')
        .limit(1000)
        .execute()
      if (rows.length === 0) break
      yield rows
      last = rows.at(-1)!.cell_id
    }
  }
}

/** Cells, also those that were removed, with what the networks kept of each; the probabilities by class. */
export async function cellData(db: Db, all: readonly string[]): Promise<Uint8Array[]> {
  async function* pages() {
    for (const ids of inChunks(all)) {
      const rows = await db
        .selectFrom('cells')
        .leftJoin('cell_embeddings', 'cell_embeddings.cell_id', 'cells.id')
        .leftJoin('analyses', 'analyses.id', 'analysis_id')
        .selectAll('cells')
        .select(['recogniser', 'embedding', 'classes'])
        .where('cells.id', 'in', ids)
        .orderBy('cells.id')
        .execute()
      yield rows.map(({ classes, ...cell }) => ({
        ...cell,
        probabilities: probabilitiesOf(cell.probabilities, classes),
      }))
    }
  }
  const text = new JsonText()
  await text.rows(pages())
  return text.end()
}

/**
 * What the audit tells of the patient and the cases. Not from which computer, which tells only of the staff; who it was is
 * given as everywhere in the archive, by number.
 */
export async function auditData(
  db: Db,
  patientIds: readonly string[],
  caseIds: readonly string[],
): Promise<Uint8Array[]> {
  const columns = ['number', 'at', 'user_id', 'event', 'subject_id', 'case_id', 'patient_id'] as const
  const found = new Set<number>()
  for (const [column, all] of [
    ['patient_id', patientIds],
    ['case_id', caseIds],
  ] as const) {
    for (const ids of inChunks(all)) {
      const rows = await db.selectFrom('audit').select('number').where(column, 'in', ids).execute()
      for (const { number } of rows) found.add(Number(number))
    }
  }
  const inOrder = [...found].sort((a, b) => a - b)
  async function* pages() {
    for (const numbers of inChunks(inOrder, FEW))
      yield db
        .selectFrom('audit')
        .select([...columns, 'status', 'detail'])
        .where('number', 'in', numbers)
        .orderBy('number')
        .execute()
  }
  const text = new JsonText()
  await text.rows(pages())
  return text.end()
}
