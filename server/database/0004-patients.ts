/** Patients that can be found, merged and archived: how a name sounds, search terms, history, merges, the worklist's orders. */
import { type Kysely, MysqlAdapter, sql } from 'kysely'
import { inChunks } from '../cells/in-chunks.ts'
import { nameSound } from '../search/name-sound.ts'
import { caseTerms, patientTerms } from '../search/terms.ts'
import { type Indexes, kind, makeTables, type Tables } from './make-tables.ts'

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

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('patients')
    .addColumn('pinyin', kind('text190'), (c) => c.notNull().defaultTo(''))
    .execute()
  await db.schema
    .alterTable('patients')
    .addColumn('initials', kind('word'), (c) => c.notNull().defaultTo(''))
    .execute()
  await db.schema
    .alterTable('patients')
    .addColumn('archived', kind('int'), (c) => c.notNull().defaultTo(0))
    .execute()
  await db.schema.alterTable('patients').addColumn('merged_into', kind('id')).execute()
  await db.schema
    .alterTable('specimens')
    .addColumn('diagnosis', kind('text500'), (c) => c.notNull().defaultTo(''))
    .execute()
  await db.schema
    .alterTable('specimens')
    .addColumn('archived', kind('int'), (c) => c.notNull().defaultTo(0))
    .execute()
  await makeTables(db, TABLES, [], [])
  const mysql = db.getExecutor().adapter instanceof MysqlAdapter
  if (mysql) {
    // Compared byte by byte, as SQLite does: the usual collation takes rare characters for one another.
    await sql`alter table search_terms modify term varchar(64) character set utf8mb4 collate utf8mb4_bin not null`.execute(
      db,
    )
  }
  await makeTables(db, {}, UNIQUE, INDEXES)
  const old = db.schema.dropIndex('cells_specimen_id_deleted_type_reviewed')
  await (mysql ? old.on('cells') : old).execute()
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
      patientTerms({ name, hospitalNumber: hospital_number }).map((term) => ({
        term,
        patient_id: id,
        specimen_id: '',
      })),
    ),
    ...specimens.flatMap(({ id, patient_id, marrow_number, received_on }) =>
      caseTerms({ marrowNumber: marrow_number, receivedOn: received_on, diagnosis: '' }).map((term) => ({
        term,
        patient_id,
        specimen_id: id,
      })),
    ),
  ]
  for (const chunk of inChunks(rows)) await db.insertInto('search_terms').values(chunk).execute()
}
