/** Finer names of cells: the site's list in versions, what cells are called by it, comments on cells, and how many a case has of each name. */
import { addColumn, type Indexes, makeTables, type Tables } from './make-tables.ts'
import type { AnyDatabase } from './tables.ts'

const TABLES: Tables = {
  cell_name_lists: 'id version:int entries:long created_by:id created_at:time',
  cell_comments: 'id case_id cell_id user_id at:time text:long',
  case_names: 'id case_id name:word count:int',
}
const UNIQUE: Indexes = [
  ['cell_name_lists', ['version']],
  ['case_names', ['case_id', 'name']],
]
const INDEXES: Indexes = [
  ['cell_comments', ['case_id']],
  ['cell_comments', ['cell_id']],
  ['case_names', ['name']],
]

export async function up(db: AnyDatabase): Promise<void> {
  await makeTables(db, TABLES, UNIQUE, INDEXES)
  for (const table of ['cells', 'second_reading_cells']) {
    await addColumn(db, table, 'subtype', 'word')
    await addColumn(db, table, 'tags', 'text500')
  }
}
