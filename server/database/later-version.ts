/** Which version a database was worked in last, so that an earlier one says so and leaves it as it is. */
import { type Kysely, sql } from 'kysely'
import about from '../../package.json' with { type: 'json' }
import { hasTable } from './is-there.ts'
import { clockOf, type Marks, openMarks } from './marks.ts'
import { type AnyDatabase, MARKS } from './tables.ts'

/** Errors: one sentence where the database has an upgrade that is not among `known`. */
export async function refuseLater(db: AnyDatabase, known: readonly string[]): Promise<void> {
  if (!(await hasTable(db, 'kysely_migration'))) return
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  const later = rows.map(({ name }) => name).filter((name) => !known.includes(name))
  if (later.length === 0) return
  const { version, at } = (await lastVersion(db)) ?? {}
  const who = version === undefined ? 'a later version of Marrowscope' : `Marrowscope ${version}`
  const when = at === undefined ? '' : ` on ${new Date(at).toISOString().slice(0, 10)}`
  throw new Error(
    `The database was brought up to date by ${who}${when} (${later.at(-1)}), which this one, ${about.version}, does not know. Install that version again, or restore the backup that was made before it; nothing was changed.`,
  )
}

/** Says which version works on the database now. */
export async function markVersion(db: AnyDatabase): Promise<void> {
  const last = await lastVersion(db)
  if (last?.version === about.version) return
  const marks = await openMarks(db)
  await marks.deleteFrom(MARKS).where('name', '=', 'version').execute()
  await marks
    .insertInto(MARKS)
    .values({ name: 'version', value: JSON.stringify(about.version), at: clockOf(db) as never })
    .execute()
}

async function lastVersion(db: AnyDatabase): Promise<{ version: string; at: number } | undefined> {
  if (!(await hasTable(db, MARKS))) return undefined
  const row = await (db as unknown as Kysely<Marks>)
    .selectFrom(MARKS)
    .selectAll()
    .where('name', '=', 'version')
    .executeTakeFirst()
  return row && { version: JSON.parse(row.value), at: Number(row.at) }
}
