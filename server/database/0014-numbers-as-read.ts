/**
 * Numbers of patients and cases are compared as a person reads them: wide letters as narrow ones, one kind of dash, without
 * what is not seen. What is shown stays as it was written; what it is compared by stands beside it.
 *
 * Two that a site holds and that are the same from here on stay two, so the indexes are not unique; the page of such a patient
 * names the other.
 */
import { type Kysely, sql } from 'kysely'
import { addColumn, dropIndex, makeIndex } from './make-tables.ts'
import { isSqlite } from './tables.ts'

const LONGEST_KEY = 190
/** Rows that are read, and written by one statement. */
const CHUNK = 300

const UNSEEN = /(?!\p{M})[\p{Default_Ignorable_Code_Point}\u2800\ufff9-\ufffb]|(?!\s)\p{Cc}/gu
const VARIANTS = /\p{Default_Ignorable_Code_Point}/gu
const DASHES = /[\p{Pd}\u02d7\u2043\u2212\u2500\u2501\u2796\u30fc]/gu

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, column] of [
    ['patients', 'hospital_number'],
    ['specimens', 'marrow_number'],
  ] as const) {
    const key = `${column}_key`
    await addColumn(db, table, key, 'text190', '')
    if (!isSqlite(db)) {
      // Compared byte by byte, as SQLite does: the usual collation takes rare characters for one another.
      await sql`alter table ${sql.table(table)} modify ${sql.ref(key)} varchar(190)
        character set utf8mb4 collate utf8mb4_bin not null default ''`.execute(db)
    }
    await fill(db, table, column, key)
    await makeIndex(db, table, `${table}_${key}`, [key])
    // No more is looked for by these. On MySQL a marrow number's unique index stays.
    await dropIndex(db, table, `${table}_${column}`)
  }
}

async function fill(db: Kysely<unknown>, table: string, column: string, key: string): Promise<void> {
  for (let last = ''; ; ) {
    const { rows } = await sql<{ id: string; number: string }>`
      select id, ${sql.ref(column)} as number from ${sql.table(table)} where id > ${last} order by id limit ${sql.lit(CHUNK)}`.execute(
      db,
    )
    if (rows.length === 0) return
    const keys = rows.map(({ id, number }) => sql`when ${id} then ${keyOf(number)}`)
    const ids = sql.join(rows.map(({ id }) => id))
    await sql`update ${sql.table(table)} set ${sql.ref(key)} = case id ${sql.join(keys, sql` `)} end where id in (${ids})`.execute(
      db,
    )
    last = rows.at(-1)!.id
  }
}

/** `numberKey` of cytology/ on the day of this upgrade. */
function keyOf(number: string): string {
  const plain = (text: string) =>
    text.normalize('NFKC').replace(UNSEEN, '').trim().replace(VARIANTS, '').replace(DASHES, '-')
  const lower = plain(number).toUpperCase().toLowerCase()
  return [...plain(lower).replace(/\s+/gu, ' ').trim()].slice(0, LONGEST_KEY).join('').trim()
}
