/** Which count of a case is reported, who asked for it, and whether the laboratory has confirmed its ranges. */
import { addColumn } from './make-tables.ts'
import type { AnyDatabase } from './tables.ts'

export async function up(db: AnyDatabase): Promise<void> {
  await addColumn(db, 'cases', 'reported_count', 'word')
  await addColumn(db, 'cases', 'requester', 'text190', '')
  await addColumn(db, 'case_summaries', 'counted_from', 'word')
  await addColumn(db, 'reference_tables', 'confirmed_by', 'id')
  await addColumn(db, 'reference_tables', 'confirmed_at', 'time')
}
