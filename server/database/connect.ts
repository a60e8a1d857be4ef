import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import SQLite from 'better-sqlite3'
import { Kysely, MysqlDialect, SqliteDialect, sql } from 'kysely'
import { createPool } from 'mysql2'
import { PatientKysely } from './again.ts'
import { DiskSync, UnwaitingDialect } from './durable.ts'
import { keepStatements } from './kept-statements.ts'
import { reading } from './reads.ts'
import type { Database } from './schema.ts'

/**
 * A database with its tables as they are, which may be none. `url` as `openDatabase` has it. Errors: a URL of another kind.
 */
export function connectDatabase(url: string): Kysely<Database> {
  if (!url.startsWith('file:')) return new PatientKysely<Database>({ dialect: mysqlDialect(url, 10) })
  const path = fileURLToPath(url)
  mkdirSync(dirname(path), { recursive: true })
  const connection = openSqlite(path)
  const isWal = connection.pragma('journal_mode = WAL', { simple: true }) === 'wal'
  connection.pragma('synchronous = FULL')
  // What is removed is overwritten in the file too: an erased patient's name must not stay in a free page.
  connection.pragma('secure_delete = ON')
  const database = keepStatements(connection)
  if (!isWal) return new PatientKysely<Database>({ dialect: new SqliteDialect({ database }) })
  // Makes the log where it is not there, so that it can be waited for from the first transaction on.
  connection.prepare('select count(*) from sqlite_master').get()
  // Pages; the reading threads do it much sooner, and nothing waits for them.
  connection.pragma('wal_autocheckpoint = 10000')
  const disk = new DiskSync(`${path}-wal`)
  const close = () => {
    database.close()
    void disk.close()
  }
  const dialect = new UnwaitingDialect({ database: { ...database, close } }, connection)
  return new PatientKysely<Database>({ dialect }, () => disk.settled())
}

/** A database that is there, on connections that refuse every write. SQLite reads beside the server's writing (WAL). */
export function connectToRead(url: string): Kysely<Database> {
  if (!url.startsWith('file:')) return new Kysely<Database>({ dialect: mysqlDialect(url, 4, ', read only') })
  const connection = openSqlite(fileURLToPath(url))
  // Not opened to read only: then it could not bring what was written from the log into the file, see `intoTheFile`.
  connection.pragma('query_only = ON')
  return new Kysely<Database>({ dialect: new SqliteDialect({ database: keepStatements(connection) }) })
}

/** What SQLite has written to its log goes into the file itself, as far as no one reads what was before. Nobody waits for it. */
async function intoTheFile(db: Kysely<Database>): Promise<void> {
  await sql`pragma wal_checkpoint(passive)`.execute(db)
}

export const INTO_THE_FILE = reading(import.meta.url, 'INTO_THE_FILE', intoTheFile)

function mysqlDialect(url: string, connectionLimit: number, access = ''): MysqlDialect {
  if (!url.startsWith('mysql:'))
    throw new Error('DATABASE_URL must begin with file: (SQLite) or mysql: (MySQL, MariaDB).')
  const pool = createPool({ uri: url, charset: 'utf8mb4', supportBigNumbers: true, connectionLimit })
  // The usual level locks the gaps between rows too, over which two people who make cases at once would block each other.
  pool.on('connection', (made) =>
    made.query(`set session transaction isolation level read committed${access}`),
  )
  return new MysqlDialect({ pool })
}

function openSqlite(path: string): SQLite.Database {
  const connection = new SQLite(path)
  // ms in which nothing else is answered: whoever cannot wait less begins again (`again.ts`).
  connection.pragma('busy_timeout = 200')
  // KiB, negative: a case of thousands of cells does not fit into the usual 2 MB, and was read from the file each time.
  connection.pragma('cache_size = -65536')
  return connection
}
