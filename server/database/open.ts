import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import * as first from './0001-first.ts'
import * as second from './0002-likeness-and-second-readings.ts'
import * as third from './0003-audit-chain.ts'
import * as fourth from './0004-patients.ts'
import * as fifth from './0005-reports.ts'
import * as sixth from './0006-case-summaries.ts'
import * as seventh from './0007-erasure-and-retention.ts'
import * as eighth from './0008-counting-rules.ts'
import * as ninth from './0009-due-by-case.ts'
import * as tenth from './0010-numbers-without-case.ts'
import * as eleventh from './0011-corrections-in-order.ts'
import * as twelfth from './0012-unfamiliar-cells.ts'
import * as thirteenth from './0013-order-of-classes.ts'
import * as fourteenth from './0014-numbers-as-read.ts'
import * as fifteenth from './0015-cases.ts'
import * as sixteenth from './0016-scale-of-slides.ts'
import * as seventeenth from './0017-order-without-clock.ts'
import * as eighteenth from './0018-sign-in.ts'
import * as twentieth from './0020-images-as-accepted.ts'
import * as twentySecond from './0022-who-uploaded.ts'
import * as twentyFourth from './0024-how-confirmed.ts'
import * as twentyFifth from './0025-cell-names.ts'
import * as twentySixth from './0026-reports.ts'
import * as twentySeventh from './0027-seen-readings.ts'
import * as twentyEighth from './0028-reference-sets.ts'
import * as twentyNinth from './0029-former-numbers.ts'
import { connectDatabase } from './connect.ts'
import { markVersion, refuseLater } from './later-version.ts'
import type { Database } from './schema.ts'
import { isSqlite } from './tables.ts'

/** In their order. Neither database undoes one that was killed half-way: each can begin again, whatever it had done. */
export const MIGRATIONS = {
  '0001-first': first,
  '0002-likeness-and-second-readings': second,
  '0003-audit-chain': third,
  '0004-patients': fourth,
  '0005-reports': fifth,
  '0006-case-summaries': sixth,
  '0007-erasure-and-retention': seventh,
  '0008-counting-rules': eighth,
  '0009-due-by-case': ninth,
  '0010-numbers-without-case': tenth,
  '0011-corrections-in-order': eleventh,
  '0012-unfamiliar-cells': twelfth,
  '0013-order-of-classes': thirteenth,
  '0014-numbers-as-read': fourteenth,
  '0015-cases': fifteenth,
  '0016-scale-of-slides': sixteenth,
  '0017-order-without-clock': seventeenth,
  '0018-sign-in': eighteenth,
  '0020-images-as-accepted': twentieth,
  '0022-who-uploaded': twentySecond,
  '0024-how-confirmed': twentyFourth,
  '0025-cell-names': twentyFifth,
  '0026-reports': twentySixth,
  '0027-seen-readings': twentySeventh,
  '0028-reference-sets': twentyEighth,
  '0029-former-numbers': twentyNinth,
}

/**
 * Opens the database that `url` names and brings its tables up to date.
 *
 * `file:/absolute/path.db` is SQLite, `mysql://user:password@host:port/name` MySQL 8 or MariaDB 10.11+.
 * Errors: DATABASE_URL of another kind; the driver's own when it cannot be reached.
 */
export async function openDatabase(url: string): Promise<Kysely<Database>> {
  const db = connectDatabase(url)
  await bringUpToDate(db)
  return db
}

/** Errors: one sentence where a later version has brought the database up to date. */
export const refuseLaterVersion = (db: Kysely<Database>): Promise<void> =>
  refuseLater(db, Object.keys(MIGRATIONS))

/** Brings the tables of a connected database up to date. Errors: see `openDatabase`, `refuseLaterVersion`. */
export async function bringUpToDate(db: Kysely<Database>): Promise<void> {
  if (!isSqlite(db)) await mustHoldAnyText(db)
  await refuseLaterVersion(db)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
  await markVersion(db)
}

/** Errors: a database made with the server's old default would refuse Chinese in the middle of the first start. */
async function mustHoldAnyText(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ name: string }>`select @@character_set_database as name`.execute(db)
  if (rows[0]?.name === 'utf8mb4') return
  await db.destroy()
  throw new Error(
    `The database keeps text as ${rows[0]?.name}, which has no Chinese. Run "alter database NAME character set utf8mb4" on it while it is empty, then start again.`,
  )
}
