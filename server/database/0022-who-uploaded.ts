/** Who uploaded a field, so that what one person has stored can be summed up. Those of before belong to nobody. */
import { addColumn, makeIndex } from './make-tables.ts'
import type { AnyDatabase } from './tables.ts'

export async function up(db: AnyDatabase): Promise<void> {
  await addColumn(db, 'fields', 'uploaded_by', 'id')
  await makeIndex(db, 'fields', 'fields_uploaded_by', ['uploaded_by'])
}
