/**
 * The matrix of corrections is read off indexes alone: of a period along the order of its pairs, of some cases by case. By the
 * index that began with the period MariaDB had to sum hundreds of thousands of rows up in a table of its own.
 */
import type { Kysely } from 'kysely'
import { dropIndex, makeIndex } from './make-tables.ts'

/** Named by hand, for MySQL takes 64 letters. */
const INDEXES = {
  pairs: ['suggested', 'type', 'synthetic', 'received_on', 'specimen_id', 'count'],
  of_case: ['specimen_id', 'suggested', 'type', 'count'],
}
const OLD = ['synthetic_received_on_suggested_type_count', 'specimen_id']

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [name, columns] of Object.entries(INDEXES)) {
    await makeIndex(db, 'case_corrections', `case_corrections_${name}`, columns)
  }
  for (const name of OLD) await dropIndex(db, 'case_corrections', `case_corrections_${name}`)
}
