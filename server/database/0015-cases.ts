/** What was called a specimen is called a case, as everywhere else: the table, the columns that name one, and their indexes. */
import { sql } from 'kysely'
import { hasTable } from './is-there.ts'
import { type AnyDatabase, isSqlite } from './tables.ts'

export async function up(db: AnyDatabase): Promise<void> {
  for (const table of await tablesOfCases(db)) {
    await sql`alter table ${sql.table(table)} rename column specimen_id to case_id`.execute(db)
  }
  if (await hasTable(db, 'specimens')) await db.schema.alterTable('specimens').renameTo('cases').execute()
  await (isSqlite(db) ? renameInSqlite(db) : renameInMysql(db))
}

/** The tables that have still a column `specimen_id`: one question, for MySQL is slow to answer those of its schema. */
async function tablesOfCases(db: AnyDatabase): Promise<string[]> {
  const { rows } = isSqlite(db)
    ? await sql<{ name: string }>`
        select name from sqlite_master
        where type = 'table' and exists (select 1 from pragma_table_info(sqlite_master.name) c where c.name = 'specimen_id')`.execute(
        db,
      )
    : await sql<{ name: string }>`
        select table_name as name from information_schema.columns
        where table_schema = database() and column_name = 'specimen_id'`.execute(db)
  return rows.map(({ name }) => name)
}

const renamed = (index: string) => index.replace(/^specimens_/, 'cases_').replace('_specimen_id', '_case_id')

/** SQLite renames no index, but has already put the new names of tables and columns into how it is made. */
async function renameInSqlite(db: AnyDatabase): Promise<void> {
  const { rows } = await sql<{ name: string; sql: string }>`
    select name, sql from sqlite_master where type = 'index' and name like '%specimen%' and sql is not null`.execute(
    db,
  )
  for (const index of rows) {
    const made = index.sql.replace(index.name, renamed(index.name))
    await sql.raw(made.replace(/^create (unique )?index /i, 'create $1index if not exists ')).execute(db)
    await sql`drop index ${sql.id(index.name)}`.execute(db)
  }
}

async function renameInMysql(db: AnyDatabase): Promise<void> {
  const { rows } = await sql<{ of: string; name: string }>`
    select distinct table_name as ${sql.id('of')}, index_name as name from information_schema.statistics
    where table_schema = database() and index_name like '%specimen%'`.execute(db)
  for (const { of, name } of rows) {
    await sql`alter table ${sql.table(of)} rename index ${sql.id(name)} to ${sql.id(renamed(name))}`.execute(
      db,
    )
  }
}
