/** Whether a second reading, and its end, was seen by whom it waits for. What was finished before is not news to anybody. */
import { addColumn, makeIndex } from './make-tables.ts'
import type { AnyDatabase } from './tables.ts'

export async function up(db: AnyDatabase): Promise<void> {
  await addColumn(db, 'second_readings', 'seen_by_reader_at', 'time')
  await addColumn(db, 'second_readings', 'seen_by_asker_at', 'time')
  await makeIndex(db, 'second_readings', 'second_readings_created_by_status', ['created_by', 'status'])
  await db
    .updateTable('second_readings')
    .set((eb) => ({ seen_by_asker_at: eb.ref('finished_at') }))
    .where('finished_at', 'is not', null)
    .where('seen_by_asker_at', 'is', null)
    .execute()
}
