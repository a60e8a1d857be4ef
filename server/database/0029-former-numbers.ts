/** Marrow numbers that a case had before they were corrected: papers and slides still bear them. */
import { addColumn } from './make-tables.ts'
import type { AnyDatabase } from './tables.ts'

export async function up(db: AnyDatabase): Promise<void> {
  await addColumn(db, 'cases', 'former_numbers', 'long')
}
