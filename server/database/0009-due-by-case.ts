/** Whether a case's summary is up to date is asked for every row of the worklist. */
import type { Kysely } from 'kysely'
import { makeTables } from './make-tables.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  await makeTables(db, {}, [], [['summaries_due', ['specimen_id']]])
}
