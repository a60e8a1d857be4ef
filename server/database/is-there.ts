/** What a database has already: an upgrade that was killed half-way makes only the rest. */
import { sql } from 'kysely'
import { type AnyDatabase, isSqlite } from './tables.ts'

export async function hasTable(db: AnyDatabase, table: string): Promise<boolean> {
  const { rows } = isSqlite(db)
    ? await sql`select 1 from sqlite_master where type = 'table' and name = ${table}`.execute(db)
    : await sql`select 1 from information_schema.tables
        where table_schema = database() and table_name = ${table}`.execute(db)
  return rows.length > 0
}

export async function hasColumn(db: AnyDatabase, table: string, column: string): Promise<boolean> {
  const { rows } = isSqlite(db)
    ? await sql`select 1 from pragma_table_info(${table}) where name = ${column}`.execute(db)
    : await sql`select 1 from information_schema.columns
        where table_schema = database() and table_name = ${table} and column_name = ${column}`.execute(db)
  return rows.length > 0
}

/** By its name on that table; MySQL has no "create index if not exists". */
export async function hasIndex(db: AnyDatabase, table: string, index: string): Promise<boolean> {
  const { rows } = isSqlite(db)
    ? await sql`select 1 from pragma_index_list(${table}) where name = ${index}`.execute(db)
    : await sql`select 1 from information_schema.statistics
        where table_schema = database() and table_name = ${table} and index_name = ${index}`.execute(db)
  return rows.length > 0
}
