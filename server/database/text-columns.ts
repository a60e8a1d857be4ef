/** Parts of long texts, of which all would take many times its size in memory. */
import { type RawBuilder, sql } from 'kysely'
import { type AnyDatabase, isSqlite } from './tables.ts'

/** A text column as the bytes of its UTF-8. */
export const bytesOf = (db: AnyDatabase, column: string): RawBuilder<Uint8Array> =>
  isSqlite(db) ? sql`cast(${sql.ref(column)} as blob)` : sql`cast(${sql.ref(column)} as binary)`

/** A column of JSON as text, without one member of the object in it. */
export const jsonWithout = (column: string, member: string): RawBuilder<string> =>
  // As text: of a value of JSON MySQL's driver would make an object.
  sql`cast(json_remove(${sql.ref(column)}, ${sql.lit(`$.${member}`)}) as char)`
