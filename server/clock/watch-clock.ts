import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { noteClock } from './clock-doubt.ts'

/** ms between looks. */
const LOOK = 10 * 60_000

/** Notes the time at once, before this run has written anything, and then again and again. Returns what ends it. */
export async function watchClock(
  db: Kysely<Database>,
  failed: (error: unknown) => void,
): Promise<() => void> {
  await noteClock(db)
  const timer = setInterval(() => void noteClock(db).catch(failed), LOOK).unref()
  return () => clearInterval(timer)
}
