/** Cells of public sets as references: each tells its source and its licence. */
import { addColumn, makeIndex, makeTables } from './make-tables.ts'
import type { AnyDatabase } from './tables.ts'

const TABLES = {
  reference_sets: 'id source:text190 licence:text190 address:text500 created_by:id? created_at:time',
}

export async function up(db: AnyDatabase): Promise<void> {
  await makeTables(db, TABLES, [], [])
  await addColumn(db, 'reference_cells', 'set_id', 'id')
  await makeIndex(db, 'reference_cells', 'reference_cells_set_id', ['set_id'])
}
