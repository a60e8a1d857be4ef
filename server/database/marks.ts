/**
 * What is said of a database and not of the site in it: who works on it, which version did last, and that it is not whole yet. The table is there before
 * every upgrade, and is never copied into another database.
 */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { hasTable } from './is-there.ts'
import { makeTables } from './make-tables.ts'
import { type AnyDatabase, isSqlite, MARKS } from './tables.ts'

export interface Marks {
  [MARKS]: {
    name: 'server' | 'unfinished' | 'version'
    /** JSON. */
    value: string
    /** ms since 1970 by the database's clock, which all servers share. */
    at: number
  }
}

export const clockOf = (db: AnyDatabase): RawBuilder<number> =>
  isSqlite(db)
    ? sql<number>`cast(unixepoch('subsec') * 1000 as integer)`
    : sql<number>`cast(unix_timestamp(now(3)) * 1000 as signed)`

export async function openMarks(db: AnyDatabase): Promise<Kysely<Marks>> {
  await makeTables(db, { [MARKS]: 'name:key value:long at:time' }, [], [])
  return db as unknown as Kysely<Marks>
}

/** Sets the mark of a database that is being filled; taken away only when all of it has arrived. */
export async function markUnfinished(db: AnyDatabase, what: 'restore' | 'move'): Promise<void> {
  const marks = await openMarks(db)
  await marks.deleteFrom(MARKS).where('name', '=', 'unfinished').execute()
  await marks
    .insertInto(MARKS)
    .values({ name: 'unfinished', value: JSON.stringify(what), at: clockOf(db) as never })
    .execute()
}

export async function markFinished(db: AnyDatabase): Promise<void> {
  const marks = await openMarks(db)
  await marks.deleteFrom(MARKS).where('name', '=', 'unfinished').execute()
}

/** Errors: one sentence where a restore or a move into this database is under way or was cut off. */
export async function mustBeWhole(db: AnyDatabase): Promise<void> {
  if (!(await hasTable(db, MARKS))) return
  const mark = await (db as unknown as Kysely<Marks>)
    .selectFrom(MARKS)
    .selectAll()
    .where('name', '=', 'unfinished')
    .executeTakeFirst()
  if (!mark) return
  const begun = new Date(Number(mark.at)).toISOString()
  const empty = isSqlite(db)
    ? 'remove its file (and those of its name that end in -wal and -shm)'
    : 'drop the database and make it anew'
  throw new Error(
    JSON.parse(mark.value) === 'restore'
      ? `The restore into this database that began at ${begun} has not ended. If it no longer runs, it was cut off and the site is not whole: ${empty}, empty the folder images, and restore again.`
      : `The move into this database that began at ${begun} has not ended. If it no longer runs, it was cut off and this database is not whole: ${empty} and move again, or go on with the database that was copied, which is as it was.`,
  )
}
