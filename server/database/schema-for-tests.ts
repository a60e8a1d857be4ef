import { sql } from 'kysely'
import { type AnyDatabase, isSqlite } from './tables.ts'

/** Tables, columns, indexes and triggers, as the database itself writes them. */
export async function schemaOf(db: AnyDatabase): Promise<unknown[]> {
  if (isSqlite(db)) {
    return (await sql`select name, tbl_name, sql from sqlite_master order by name`.execute(db)).rows
  }
  const found: unknown[] = []
  for (const name of await tableNames(db)) {
    const { rows } = await sql<Record<string, string>>`show create table ${sql.table(name)}`.execute(db)
    found.push(rows[0]!['Create Table'])
  }
  const triggers = sql`
    select trigger_name as name, event_manipulation as event, action_statement as does
    from information_schema.triggers where trigger_schema = database() order by trigger_name`
  return [...found, ...(await triggers.execute(db)).rows]
}

/** Kysely's own are no part of it. */
export async function tableNames(db: AnyDatabase): Promise<string[]> {
  const { rows } = isSqlite(db)
    ? await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(db)
    : await sql<{ name: string }>`
        select table_name as name from information_schema.tables where table_schema = database()`.execute(db)
  return rows
    .map(({ name }) => name)
    .filter((name) => !/^(kysely|sqlite)_/.test(name))
    .sort()
}
