import { stat } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { isSqlite } from '../database/tables.ts'
import type { Ports } from '../ports.ts'
import { NEWEST } from '../site/schema-of.ts'
import { type Part, part } from './part.ts'
import { within } from './remembered.ts'

/** ms for one simple question, beyond which people feel it on every page. */
const SLOW = 200
/** ms after which a database that does not answer is away; a balancer waits little longer. */
const PATIENCE = 1500
/** How often, and after how many ms each, a file that another program writes into is tried again. */
const TRIES = [50, 100, 200, 400] as const

/** Answers, its file is where it was, and can be written. Errors: why not. */
export async function checkDatabase({ db, config }: Pick<Ports, 'db' | 'config'>): Promise<void> {
  // A file that was moved away or removed is still open here: all would seem well until the next start.
  if (config.databaseUrl.startsWith('file:')) await stat(fileURLToPath(config.databaseUrl))
  const question: Promise<unknown> = isSqlite(db) ? canBeWritten(db) : counted(db)
  await within(PATIENCE, `The database did not answer within ${PATIENCE} ms.`, question)
}

const counted = (db: Ports['db']) => sql`select count(*) from settings`.execute(db)

/** A program that holds the file lets others read. Not waited for inside SQLite, where nobody else would be answered meanwhile. */
async function canBeWritten(db: Ports['db']): Promise<void> {
  for (const pause of [...TRIES, undefined]) {
    try {
      return await db.connection().execute(async (one) => {
        const { timeout } = await oneRow<{ timeout: number }>(one, sql`pragma busy_timeout`)
        await sql`pragma busy_timeout = 0`.execute(one)
        try {
          await sql`begin immediate`.execute(one)
          await sql`rollback`.execute(one)
          await counted(one)
        } finally {
          await sql`pragma busy_timeout = ${sql.lit(timeout)}`.execute(one)
        }
      })
    } catch (error) {
      if (pause === undefined || (error as { code?: string }).code !== 'SQLITE_BUSY') throw error
      await new Promise((done) => setTimeout(done, pause))
    }
  }
}

export async function databasePart(ports: Pick<Ports, 'db' | 'config'>): Promise<Part> {
  let ms = Number.POSITIVE_INFINITY
  try {
    // The quickest of three: one that waited for this process alone says nothing of the database.
    for (let i = 0; i < 3; i++) {
      const begun = performance.now()
      await checkDatabase(ports)
      ms = Math.min(ms, performance.now() - begun)
    }
  } catch (error) {
    const gone = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return part('database', gone ? 'DATABASE_GONE' : 'DATABASE_AWAY', { message: (error as Error).message })
  }
  ms = Math.round(ms * 10) / 10
  const { version } = await oneRow<{ version: string }>(
    ports.db,
    isSqlite(ports.db) ? sql`select sqlite_version() as version` : sql`select version() as version`,
  )
  const { schema } = await oneRow<{ schema: string }>(
    ports.db,
    sql`select max(name) as ${sql.ref('schema')} from kysely_migration`,
  )
  const kind = isSqlite(ports.db) ? 'SQLite' : version.includes('MariaDB') ? 'MariaDB' : 'MySQL'
  const values = { kind, version: version.split('-')[0]!, answerMs: ms, schema, latest: NEWEST }
  if (schema !== NEWEST) return part('database', 'DATABASE_BEHIND', values)
  return part('database', ms > SLOW ? 'DATABASE_SLOW' : 'DATABASE_OK', values)
}

async function oneRow<T>(db: Ports['db'], query: ReturnType<typeof sql>): Promise<T> {
  const { rows } = await query.execute(db)
  return rows[0] as T
}
