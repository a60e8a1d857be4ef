/** Whether the image of a field is still the one that was accepted, and whether its scale became another after its cells were reviewed. */
import { addColumn, makeIndex } from './make-tables.ts'
import type { AnyDatabase } from './tables.ts'

export async function up(db: AnyDatabase): Promise<void> {
  await addColumn(db, 'fields', 'sample_sha256', 'hash')
  await addColumn(db, 'fields', 'image_fault', 'word')
  await addColumn(db, 'fields', 'image_checked_at', 'time')
  await addColumn(db, 'fields', 'rescaled', 'int', 0)
  await makeIndex(db, 'fields', 'fields_image_checked_at', ['image_checked_at'])
  await makeIndex(db, 'fields', 'fields_image_fault', ['image_fault'])
}
