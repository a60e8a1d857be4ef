/** Whether a cell looks unlike those that the recogniser was taught. */
import type { Kysely } from 'kysely'
import { addColumn } from './make-tables.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumn(db, 'cells', 'unfamiliar', 'int')
}
