import type { Kysely } from 'kysely'
import { sql } from 'kysely'

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

/** The SQL type of a column's kind. */
export const kind = (name: keyof typeof KINDS) => KINDS[name]

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
    let create = db.schema.createTable(table)
    for (const column of columns.split(' ')) {
      const [name, of = 'id'] = column.replace('?', '').split(':') as [string, keyof typeof KINDS]
      create = create.addColumn(name, KINDS[of], (c) => {
        if (name === 'id' || of === 'key') return c.notNull().primaryKey()
        return column.endsWith('?') ? c : c.notNull()
      })
    }
    await create.execute()
  }
  for (const [table, columns] of unique) await index(db, table, columns, true)
  for (const [table, columns] of indexes) await index(db, table, columns, false)
}

async function index(db: Kysely<unknown>, table: string, columns: readonly string[], unique: boolean) {
  const name = `${table}_${columns.join('_')}${unique ? '_unique' : ''}`
  const create = db.schema
    .createIndex(name)
    .on(table)
    .columns([...columns])
  await (unique ? create.unique() : create).execute()
}
