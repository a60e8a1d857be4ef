import { sql } from 'kysely'
import { Digest } from './digest.ts'
import { hasTable } from './is-there.ts'
import { type AnyDatabase, fewAtOnce, lettersIn, type Row, rowsOf, type Table, tablesOf } from './tables.ts'

/** What a table holds, in a form that two databases can be compared by. */
interface Content {
  rows: number
  digest: string
}
export type Contents = Record<string, Content>

export interface Watch {
  /** Rows done of one table. */
  onProgress?: (table: string, rows: number) => void
}

const READ = 1000
/** SQLite takes 32,766 values in a statement, MySQL 65,535. */
const VALUES = 30_000
/** Rows, and letters of them, that are committed together. */
const COMMIT = 20_000
const COMMIT_LETTERS = 32_000_000

/** Holds who did what when, so a database in which it is empty was never worked in. */
const NEVER_EMPTY = ['users', 'patients', 'cases', 'audit']

/** Errors: one sentence where the database has been worked in. */
export async function mustBeEmpty(db: AnyDatabase): Promise<void> {
  for (const table of NEVER_EMPTY) {
    if (!(await hasTable(db, table))) continue
    const row = await db.selectFrom(table).select(sql`1`.as('one')).limit(1).executeTakeFirst()
    if (row) {
      throw new Error(
        `The target is not empty (${table} holds rows); give an empty database, nothing was changed.`,
      )
    }
  }
}

/**
 * Copies every table from one database into another that was never worked in and has the same tables, whatever kinds the two
 * are. Returns what was read, as `contentsOf` would tell it of the source.
 *
 * Errors: tables that differ; the drivers' own. What was copied until then stays: begin again with an empty database.
 */
export async function copyTables(from: AnyDatabase, to: AnyDatabase, watch: Watch = {}): Promise<Contents> {
  const tables = await tablesOf(from)
  sameTables(tables, await tablesOf(to))
  await mustBeEmpty(to)
  const contents: Contents = {}
  for (const table of tables) {
    // A new database holds rows of its own, such as phrases to begin with; the source has what became of them.
    const { filled } = await to
      .selectFrom(table.name)
      .select((eb) => eb.fn.countAll().as('filled'))
      .executeTakeFirstOrThrow()
    if (Number(filled) > 0) await to.deleteFrom(table.name).execute()
    contents[table.name] = await copyTable(from, to, table, watch)
  }
  return contents
}

async function copyTable(
  from: AnyDatabase,
  to: AnyDatabase,
  table: Table,
  { onProgress }: Watch,
): Promise<Content> {
  const digest = new Digest()
  const atOnce = Math.max(1, Math.floor(VALUES / table.columns.length))
  const reading = rowsOf(from, table, Math.min(READ, atOnce))
  for (let more = true; more; ) {
    // Read before they are written: a transaction that is begun anew must find them all again.
    const together: Row[][] = []
    for (let [read, letters] = [0, 0]; read < COMMIT && letters < COMMIT_LETTERS && more; ) {
      const { value: rows, done } = await reading.next()
      more = !done
      if (done) break
      for (const row of rows) digest.add(row)
      together.push(rows)
      read += rows.length
      letters += lettersIn(rows)
    }
    await to.transaction().execute(async (trx) => {
      for (const rows of together.flatMap((some) => [...fewAtOnce(some)]))
        await trx.insertInto(table.name).values(rows).execute()
    })
    onProgress?.(table.name, digest.rows)
  }
  return { rows: digest.rows, digest: digest.value }
}

/** What every table holds. */
export async function contentsOf(db: AnyDatabase, { onProgress }: Watch = {}): Promise<Contents> {
  const contents: Contents = {}
  for (const table of await tablesOf(db)) {
    const digest = new Digest()
    for await (const rows of rowsOf(db, table, READ)) {
      for (const row of rows) digest.add(row)
      onProgress?.(table.name, digest.rows)
    }
    contents[table.name] = { rows: digest.rows, digest: digest.value }
  }
  return contents
}

/** The names of the tables that do not hold the same. */
export const differing = (a: Contents, b: Contents): string[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (name) => a[name]?.rows !== b[name]?.rows || a[name]?.digest !== b[name]?.digest,
  )

function sameTables(a: readonly Table[], b: readonly Table[]): void {
  const named = (tables: readonly Table[]) =>
    tables.map(({ name, columns }) => `${name}(${columns.join(',')})`).join(' ')
  if (named(a) !== named(b)) {
    throw new Error(
      'The two databases do not have the same tables; start this version of Marrowscope on both once.',
    )
  }
}
