import { sql } from 'kysely'
import { reading } from './reads.ts'
import { isSqlite } from './tables.ts'

export const SETTING = reading(import.meta.url, 'SETTING', (db, name: string) =>
  db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst(),
)

export const WRITING = reading(import.meta.url, 'WRITING', (db) =>
  db.insertInto('settings').values({ name: 'a thread', value: '{}', version: 1 }).execute(),
)

/** Takes the database a good while: it counts. */
export const LONG = reading(import.meta.url, 'LONG', async (db, upTo: number) => {
  const counting = sql<{ n: number }>`with recursive count_up (n) as
    (select 1 union all select n + 1 from count_up where n < ${sql.lit(upTo)}) select max(n) as n from count_up`
  if (!isSqlite(db)) await sql`do sleep(1)`.execute(db)
  return isSqlite(db) ? Number((await counting.execute(db)).rows[0]!.n) : upTo
})

export const WRONG = reading(import.meta.url, 'WRONG', (db) => sql`select * from no_such_table`.execute(db))

export const BYTES = reading(import.meta.url, 'BYTES', async () => new TextEncoder().encode('骨髓'))
