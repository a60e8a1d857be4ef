import { type Kysely, type RawBuilder, SqliteAdapter, sql } from 'kysely'

export type Row = Readonly<Record<string, unknown>>

/** A table as it is in the database: its columns and what tells its rows apart, in the order of an index. */
export interface Table {
  name: string
  columns: string[]
  key: string[]
}

/** Any database, whatever its tables. */
// biome-ignore lint/suspicious/noExplicitAny: the tables are known only when the program runs
export type AnyDatabase = Kysely<any>

/** The table that marks.ts keeps. */
export const MARKS = 'site_marks'

export const isSqlite = (db: AnyDatabase): boolean => db.getExecutor().adapter instanceof SqliteAdapter

/** The tables of the application, by name; what is said of the database itself is none of them. Errors: one without a key, for such a table could not be walked. */
export async function tablesOf(db: AnyDatabase): Promise<Table[]> {
  const found = (await db.introspection.getTables()).filter(({ name }) => name !== MARKS)
  const tables: Table[] = []
  for (const { name, columns } of found.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const key = await keyOf(db, name)
    if (key.length === 0) throw new Error(`The table ${name} has no key.`)
    tables.push({ name, columns: columns.map((column) => column.name).sort(), key })
  }
  return tables
}

/** The primary key; in a table that has none the columns of a unique index. */
async function keyOf(db: AnyDatabase, table: string): Promise<string[]> {
  const { rows } = isSqlite(db)
    ? await sql<{
        name: string
      }>`select name from pragma_table_info(${table}) where pk > 0 order by pk`.execute(db)
    : await sql<{ name: string }>`
        select column_name as name from information_schema.statistics
        where table_schema = database() and table_name = ${table} and index_name = 'PRIMARY'
        order by seq_in_index`.execute(db)
  return (rows.length > 0 ? rows : await uniqueOf(db, table)).map((row) => row.name)
}

async function uniqueOf(db: AnyDatabase, table: string): Promise<{ name: string }[]> {
  const { rows } = isSqlite(db)
    ? await sql<{ name: string; place: string }>`
        select info.name as name, list.name as place
        from pragma_index_list(${table}) as list, pragma_index_info(list.name) as info
        where list."unique" = 1 order by list.name, info.seqno`.execute(db)
    : await sql<{ name: string; place: string }>`
        select column_name as name, index_name as place from information_schema.statistics
        where table_schema = database() and table_name = ${table} and non_unique = 0
        order by index_name, seq_in_index`.execute(db)
  return rows.filter(({ place }) => place === rows[0]!.place)
}

/** Letters that one reading should not hold many more of: MariaDB takes no statement beyond 16 MB, and what was signed may have 100,000 cells. */
const LETTERS = 4_000_000
/** Rows of the first reading, before it is known how long they are. */
const FIRST = 16

/** All rows of a table along its key, at most `most` at a time and fewer of long ones: no row twice, however large the table. */
export async function* rowsOf(
  db: AnyDatabase,
  { name, columns, key }: Table,
  most: number,
): AsyncGenerator<Row[]> {
  const order = sql.join(key.map((column) => sql.ref(column)))
  const all = sql.join(columns.map((column) => sql.ref(column)))
  let size = Math.min(FIRST, most)
  for (let last: Row | undefined; ; ) {
    const after = last ? sql`where ${beyond(key, last)}` : sql``
    const query = sql<Row>`select ${all} from ${sql.table(name)} ${after} order by ${order} limit ${sql.lit(size)}`
    const { rows } = await query.execute(db)
    if (rows.length > 0) yield rows
    if (rows.length < size) return
    last = rows.at(-1)
    const asLong = Math.floor((rows.length * LETTERS) / lettersIn(rows))
    size = Math.max(1, Math.min(most, 4 * size, asLong))
  }
}

/** The same rows, so few at a time that one statement can write them. */
export function* fewAtOnce(rows: readonly Row[]): Generator<Row[]> {
  let [few, letters] = [[] as Row[], 0]
  for (const row of rows) {
    const own = lettersIn([row])
    if (few.length > 0 && letters + own > LETTERS) {
      yield few
      ;[few, letters] = [[], 0]
    }
    few.push(row)
    letters += own
  }
  if (few.length > 0) yield few
}

/** Letters of the texts in some rows; at least 1. */
export const lettersIn = (rows: readonly Row[]): number =>
  rows.reduce(
    (sum, row) =>
      Object.values(row).reduce(
        (own: number, value) => own + (typeof value === 'string' ? value.length : 0),
        sum,
      ),
    1,
  )

/** Behind a row in the order of the key. Not as a comparison of tuples, for which MySQL reads the whole index each time. */
function beyond(key: readonly string[], row: Row): RawBuilder<boolean> {
  const [first, ...rest] = key as [string, ...string[]]
  const column = sql.ref(first)
  if (rest.length === 0) return sql`${column} > ${row[first]}`
  return sql`${column} >= ${row[first]} and (${column} > ${row[first]} or (${beyond(rest, row)}))`
}
