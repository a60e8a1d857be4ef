/**
 * What upgrades make, each only where it is not there yet. Neither database undoes an upgrade that was killed half-way (MySQL
 * commits each of these statements by itself), so the next start runs it again from its beginning.
 */
import { type Kysely, sql } from 'kysely'
import { hasColumn, hasIndex } from './is-there.ts'
import { isSqlite } from './tables.ts'

/** SQLite keeps any length; MySQL wants one, and LONGTEXT for what may be large (SQLite reads that as text too). */
const KINDS = {
  id: sql`varchar(36)`,
  key: sql`varchar(190)`,
  email: sql`varchar(190)`,
  word: sql`varchar(64)`,
  hash: sql`varchar(64)`,
  text190: sql`varchar(190)`,
  text500: sql`varchar(500)`,
  long: sql`longtext`,
  int: sql`integer`,
  time: sql`bigint`,
  real: sql`double precision`,
}

/** By table, its columns as `name:kind`, the kind `id` where none is said. NOT NULL unless it ends in '?'; a column `id` or of the kind `key` is the primary key. */
export type Tables = Readonly<Record<string, string>>
/** Tables with the columns of one index each. */
export type Indexes = readonly (readonly [string, readonly string[]])[]

/** Makes tables and their indexes, the same on SQLite and on MySQL. */
export async function makeTables(
  db: Kysely<unknown>,
  tables: Tables,
  unique: Indexes,
  indexes: Indexes,
): Promise<void> {
  for (const [table, columns] of Object.entries(tables)) {
    let create = db.schema.createTable(table).ifNotExists()
    for (const column of columns.split(' ')) {
      const [name, of = 'id'] = column.replace('?', '').split(':') as [string, keyof typeof KINDS]
      create = create.addColumn(name, KINDS[of], (c) => {
        if (name === 'id' || of === 'key') return c.notNull().primaryKey()
        return column.endsWith('?') ? c : c.notNull()
      })
    }
    await create.execute()
  }
  for (const [table, columns] of unique) {
    await makeIndex(db, table, `${table}_${columns.join('_')}_unique`, columns, true)
  }
  for (const [table, columns] of indexes) await makeIndex(db, table, `${table}_${columns.join('_')}`, columns)
}

/** An index with a name of its own, for MySQL takes 64 letters and the columns' names may be more. */
export async function makeIndex(
  db: Kysely<unknown>,
  table: string,
  name: string,
  columns: readonly string[],
  unique = false,
): Promise<void> {
  if (await hasIndex(db, table, name)) return
  const create = db.schema
    .createIndex(name)
    .on(table)
    .columns([...columns])
  await (unique ? create.unique() : create).execute()
}

export async function dropIndex(db: Kysely<unknown>, table: string, name: string): Promise<void> {
  if (!(await hasIndex(db, table, name))) return
  const drop = db.schema.dropIndex(name)
  await (isSqlite(db) ? drop : drop.on(table)).execute()
}

/** A column that is NOT NULL and `value` in the rows that are there; one that may be empty where no value is given. */
export async function addColumn(
  db: Kysely<unknown>,
  table: string,
  column: string,
  kind: keyof typeof KINDS,
  value?: string | number,
): Promise<void> {
  if (await hasColumn(db, table, column)) return
  await db.schema
    .alterTable(table)
    .addColumn(column, KINDS[kind], (c) => (value === undefined ? c : c.notNull().defaultTo(value)))
    .execute()
}
