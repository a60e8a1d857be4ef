/**
 * Whether the machine's clock can be believed. What cannot be undone is not done on a clock's word alone: the clock is compared
 * with the newest row of the audit and with the latest time that the site has seen and nobody doubted.
 */
import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'

/** ms by which it may be ahead of what was seen last: longer than a site is ever left alone over the holidays. */
const AHEAD = 31 * 86_400_000
/** ms by which it may lie behind: more than a time server corrects at once. */
const BEHIND = 5 * 60_000
/** The row of `settings` that holds {seenAt}. */
const NAME = 'clock'

export interface ClockDoubt {
  kind: 'ahead' | 'behind'
  /** What it was compared with, ms. */
  seenAt: number
}

/** Null where the clock fits what the site knows of time. */
export async function clockDoubt(db: Kysely<Database>, now = Date.now()): Promise<ClockDoubt | null> {
  const newest = await newestAudit(db)
  const seenAt = (await readSeen(db)) ?? newest ?? now
  if (now > seenAt + AHEAD) return { kind: 'ahead', seenAt }
  const latest = Math.max(seenAt, newest ?? seenAt)
  return now < latest - BEHIND ? { kind: 'behind', seenAt: latest } : null
}

/** Keeps the present time as seen, unless it is in doubt. */
export async function noteClock(db: Kysely<Database>): Promise<void> {
  const now = Date.now()
  if (await clockDoubt(db, now)) return
  if (now > ((await readSeen(db)) ?? 0)) await writeSeen(db, now)
}

/** A person says that the clock is right: from here on it is compared with the present time. Returns what was seen before. */
export async function believeClock(db: Kysely<Database>): Promise<number | null> {
  const before = await readSeen(db)
  await writeSeen(db, Date.now())
  return before
}

/** Errors: CLOCK_IN_DOUBT. `status`: 409 of what must wait, 503 of the site itself. */
export async function refuseDoubtfulClock(db: Kysely<Database>, status: 409 | 503 = 409): Promise<void> {
  const doubt = await clockDoubt(db)
  if (!doubt) return
  const day = new Date(doubt.seenAt).toISOString().slice(0, 16).replace('T', ' ')
  throw new HttpError(
    status,
    'CLOCK_IN_DOUBT',
    `The server's clock is ${doubt.kind} of what was seen last (${day} UTC). Set it right, or confirm on the page Administration that it is.`,
    doubt,
  )
}

async function readSeen(db: Kysely<Database>): Promise<number | null> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', NAME).executeTakeFirst()
  return row ? JSON.parse(row.value).seenAt : null
}

async function writeSeen(db: Kysely<Database>, seenAt: number): Promise<void> {
  const value = JSON.stringify({ seenAt })
  const { numUpdatedRows } = await db
    .updateTable('settings')
    .set((eb) => ({ value, version: eb('version', '+', 1) }))
    .where('name', '=', NAME)
    .executeTakeFirst()
  if (Number(numUpdatedRows) === 0)
    await db.insertInto('settings').values({ name: NAME, value, version: 1 }).execute()
}

async function newestAudit(db: Kysely<Database>): Promise<number | null> {
  const row = await db.selectFrom('audit').select('at').orderBy('number', 'desc').limit(1).executeTakeFirst()
  return row ? Number(row.at) : null
}
