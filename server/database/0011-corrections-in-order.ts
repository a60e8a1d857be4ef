/**
 * The matrix of corrections is read along an index that has it in the order of its pairs, a period too. By the index that
 * began with the period MariaDB had to sum hundreds of thousands of rows up in a table of its own.
 */
import type { Kysely } from 'kysely'
import { isSqlite } from './tables.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  const pairs = ['suggested', 'type', 'synthetic', 'received_on', 'specimen_id', 'count']
  // Named by hand, for MySQL takes 64 letters.
  await db.schema.createIndex('case_corrections_pairs').on('case_corrections').columns(pairs).execute()
  const period = db.schema.dropIndex('case_corrections_synthetic_received_on_suggested_type_count')
  await (isSqlite(db) ? period : period.on('case_corrections')).execute()
}
