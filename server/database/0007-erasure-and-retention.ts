/** What is left of an erased patient, files that are to go, the rules of retention at work, and whose cells references are. */
import { type Kysely, sql } from 'kysely'
import { addColumn, type Indexes, makeTables, type Tables } from './make-tables.ts'

const TABLES: Tables = {
  erased_patients: 'id erased_at:time erased_by:id? reason:text500',
  files_to_remove: 'id kind:word name:text190 at:time',
  retention_runs:
    'id status:word images_years:int? patients_years:int? cases:int patients:int error:long? started_at:time finished_at:time?',
}

const INDEXES: Indexes = [
  ['reference_cells', ['specimen_id']],
  ['retention_runs', ['started_at']],
]

export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumn(db, 'specimens', 'images_removed_at', 'time')
  await addColumn(db, 'reference_cells', 'specimen_id', 'id')
  await makeTables(db, TABLES, [], INDEXES)
  // References kept until now know no case; a cell of which the same was seen to the last bit is the one that was copied.
  const { rows } = await sql<{ id: string; specimen_id: string }>`
    select reference_cells.id as id, min(cell_embeddings.specimen_id) as specimen_id
    from reference_cells inner join cell_embeddings
      on cell_embeddings.embedding = reference_cells.embedding
      and cell_embeddings.recogniser = reference_cells.recogniser
    where reference_cells.origin = 'person' group by reference_cells.id`.execute(db)
  for (const { id, specimen_id } of rows) {
    await sql`update reference_cells set specimen_id = ${specimen_id} where id = ${id}`.execute(db)
  }
}
