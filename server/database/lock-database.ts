import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { sql } from 'kysely'
import { isDuplicate } from './is-duplicate.ts'
import { clockOf, openMarks } from './marks.ts'
import { type AnyDatabase, MARKS } from './tables.ts'

/** ms between signs of life. */
const BEAT = 10_000
/** ms without one after which the lock is free: its server was killed, or cannot reach the database. */
export const STALE = 60_000

interface Holder {
  token: string
  host: string
  pid: number
  /** Of its data folder; see `folderId`. */
  folder: string
}

/**
 * Keeps a second server off a database, also one with another data folder or on another machine. `folder`: the id of the data folder whose lock
 * this process holds, by which it knows its own forerunner, however that ended. `lost`: called once when another has taken the lock, after this
 * server was cut off for longer than STALE. Returns the function that gives the database free.
 *
 * Errors: one sentence that says who has it.
 */
export async function lockDatabase(
  db: AnyDatabase,
  folder: string,
  lost: () => void,
): Promise<() => Promise<void>> {
  const marks = await openMarks(db)
  const now = clockOf(db)
  const own = { token: randomUUID(), host: hostname(), pid: process.pid, folder } satisfies Holder
  const value = JSON.stringify(own)
  const take = () =>
    marks
      .insertInto(MARKS)
      .values({ name: 'server', value, at: now as never })
      .execute()
  await take().catch(async (error) => {
    if (!isDuplicate(error)) throw error
    const held = await marks
      .selectFrom(MARKS)
      .select(['value', sql<number>`${now} - at`.as('age')])
      .where('name', '=', 'server')
      .executeTakeFirst()
    if (!held) return take()
    const holder: Holder = JSON.parse(held.value)
    const age = Number(held.age)
    if (holder.folder !== folder && age <= STALE) throw new Error(refusal(holder, age))
    // Of several that saw it free, the one whose update finds it as it was gets it.
    const { numUpdatedRows } = await marks
      .updateTable(MARKS)
      .set({ value, at: now as never })
      .where('name', '=', 'server')
      .where('value', '=', held.value)
      .executeTakeFirst()
    if (Number(numUpdatedRows) === 0) throw new Error('Another Marrowscope has just begun on this database.')
  })
  const mine = () => marks.updateTable(MARKS).where('name', '=', 'server').where('value', '=', value)
  const beating = setInterval(async () => {
    const { numUpdatedRows } = await mine()
      .set({ at: now as never })
      .executeTakeFirst()
      .catch(() => ({ numUpdatedRows: 1n })) // the database is away: asked again at the next beat
    if (Number(numUpdatedRows) > 0) return
    clearInterval(beating)
    lost()
  }, BEAT)
  beating.unref()
  return async () => {
    clearInterval(beating)
    await marks.deleteFrom(MARKS).where('name', '=', 'server').where('value', '=', value).execute()
  }
}

function refusal({ host, pid }: Holder, age: number): string {
  const free = Math.ceil((STALE - age) / 1000) + 1
  return `Another Marrowscope works on this database (process ${pid} on ${host}), and only one may: stop that one. If it no longer runs, start again in ${free} s, when its lock has run out.`
}
