import SQLite from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import type { AnyDatabase } from '../database/tables.ts'

/** The database of a backup, which reading leaves as it is: it may lie on a disc that cannot be written. */
export const openSaved = (file: string): AnyDatabase =>
  new Kysely({ dialect: new SqliteDialect({ database: new SQLite(file, { readonly: true }) }) })

/** Into one file, without a journal beside it. */
export function closeIntoOneFile(file: string): void {
  const database = new SQLite(file)
  database.pragma('journal_mode = delete')
  database.close()
}
