/** Embeddings and reference cells, blind second readings, and each person's own keys. */
import type { Kysely } from 'kysely'
import { addColumn, type Indexes, makeTables, type Tables } from './make-tables.ts'

const TABLES: Tables = {
  cell_embeddings: 'cell_id:key specimen_id:id recogniser:hash embedding:long',
  reference_cells:
    'id type:word origin:word note:text500 storage_key:text190 recogniser:hash embedding:long created_by:id? created_at:time',
  second_readings:
    'id specimen_id:id reader_id:id status:word agreement:long? created_by:id created_at:time finished_at:time?',
  second_reading_cells: 'id reading_id:id cell_id:id type:word reviewed:int version:int updated_at:time',
}

const UNIQUE: Indexes = [['second_reading_cells', ['reading_id', 'cell_id']]]

const INDEXES: Indexes = [
  ['cell_embeddings', ['specimen_id']],
  ['reference_cells', ['type']],
  ['second_readings', ['specimen_id', 'status']],
  ['second_readings', ['reader_id', 'status']],
]

export async function up(db: Kysely<unknown>): Promise<void> {
  await makeTables(db, TABLES, UNIQUE, INDEXES)
  await addColumn(db, 'users', 'type_keys', 'long')
}
