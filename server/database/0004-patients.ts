/** Patients that can be found, merged and archived: how a name sounds, search terms, history, merges, the worklist's orders. */
import { type Kysely, sql } from 'kysely'
import { caseTerms, nameSound, patientTerms } from './0004-terms.ts'
import { addColumn, dropIndex, type Indexes, makeTables, type Tables } from './make-tables.ts'
import { isSqlite } from './tables.ts'

const TABLES: Tables = {
  search_terms: 'term:word patient_id:id specimen_id:id',
  patient_changes: 'id patient_id:id user_id:id? at:time kind:word changes:long',
  patient_merges:
    'id kept_id:id merged_id:id user_id:id at:time moved:long filled:long undone_by:id? undone_at:time?',
}

/** The first is the order in which InnoDB lays the rows down, since the table has no other key. */
const UNIQUE: Indexes = [['search_terms', ['patient_id', 'term', 'specimen_id']]]

const INDEXES: Indexes = [
  ['search_terms', ['term', 'patient_id', 'specimen_id']],
  ['patient_changes', ['patient_id', 'at']],
  ['patient_merges', ['kept_id']],
  ['patient_merges', ['merged_id']],
  ['patients', ['archived', 'merged_into', 'id']],
  ['patients', ['merged_into']],
  ['specimens', ['archived', 'received_on', 'id']],
  ['specimens', ['archived', 'status', 'received_on', 'id']],
  ['specimens', ['archived', 'reader_id', 'received_on', 'id']],
  ['specimens', ['archived', 'status', 'reader_id', 'received_on', 'id']],
  // Holds all that the worklist counts, so that it never reads the cells themselves.
  ['cells', ['specimen_id', 'deleted', 'type', 'reviewed', 'probability']],
]

/** Rows an insert: both databases limit how many values one statement may name. */
const CHUNK = 1000

export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumn(db, 'patients', 'pinyin', 'text190', '')
  await addColumn(db, 'patients', 'initials', 'word', '')
  await addColumn(db, 'patients', 'archived', 'int', 0)
  await addColumn(db, 'patients', 'merged_into', 'id')
  await addColumn(db, 'specimens', 'diagnosis', 'text500', '')
  await addColumn(db, 'specimens', 'archived', 'int', 0)
  await makeTables(db, TABLES, [], [])
  if (!isSqlite(db)) {
    // Compared byte by byte, as SQLite does: the usual collation takes rare characters for one another.
    await sql`alter table search_terms modify term varchar(64) character set utf8mb4 collate utf8mb4_bin not null`.execute(
      db,
    )
  }
  await makeTables(db, {}, UNIQUE, INDEXES)
  await dropIndex(db, 'cells', 'cells_specimen_id_deleted_type_reviewed')
  await fillTerms(db as Kysely<Before>)
}

interface Before {
  patients: { id: string; name: string; hospital_number: string; pinyin: string; initials: string }
  specimens: { id: string; patient_id: string; marrow_number: string; received_on: string }
  search_terms: { term: string; patient_id: string; specimen_id: string }
}

async function fillTerms(db: Kysely<Before>): Promise<void> {
  const patients = await db.selectFrom('patients').select(['id', 'name', 'hospital_number']).execute()
  for (const { id, name } of patients) {
    await db.updateTable('patients').set(nameSound(name)).where('id', '=', id).execute()
  }
  const specimens = await db
    .selectFrom('specimens')
    .select(['id', 'patient_id', 'marrow_number', 'received_on'])
    .execute()
  const rows = [
    ...patients.flatMap(({ id, name, hospital_number }) =>
      patientTerms(name, hospital_number).map((term) => ({
        term,
        patient_id: id,
        specimen_id: '',
      })),
    ),
    ...specimens.flatMap(({ id, patient_id, marrow_number, received_on }) =>
      caseTerms(marrow_number, received_on).map((term) => ({
        term,
        patient_id,
        specimen_id: id,
      })),
    ),
  ]
  await db.deleteFrom('search_terms').execute()
  for (let from = 0; from < rows.length; from += CHUNK) {
    await db
      .insertInto('search_terms')
      .values(rows.slice(from, from + CHUNK))
      .execute()
  }
}
