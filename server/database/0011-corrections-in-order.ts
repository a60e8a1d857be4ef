/**
 * The matrix of corrections is read off indexes alone: of a period along the order of its pairs, of some cases by case. By the
 * index that began with the period MariaDB had to sum hundreds of thousands of rows up in a table of its own.
 */
import type { Kysely } from 'kysely'
import { isSqlite } from './tables.ts'

/** Named by hand, for MySQL takes 64 letters. */
const INDEXES = {
  pairs: ['suggested', 'type', 'synthetic', 'received_on', 'specimen_id', 'count'],
  of_case: ['specimen_id', 'suggested', 'type', 'count'],
}
const OLD = ['synthetic_received_on_suggested_type_count', 'specimen_id']

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [name, columns] of Object.entries(INDEXES)) {
    await db.schema.createIndex(`case_corrections_${name}`).on('case_corrections').columns(columns).execute()
  }
  for (const name of OLD) {
    const old = db.schema.dropIndex(`case_corrections_${name}`)
    await (isSqlite(db) ? old : old.on('case_corrections')).execute()
  }
}
