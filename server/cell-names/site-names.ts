/** The finer names of a site: one list in versions, of which the newest holds. */
import type { Kysely, Transaction } from 'kysely'
import type { Static } from 'typebox'
import { v7 } from 'uuid'
import { type CellName, checkCellNames } from '../../cytology/index.ts'
import { record } from '../audit/record.ts'
import { isDuplicate } from '../database/is-duplicate.ts'
import type { Database } from '../database/schema.ts'
import { conflict, HttpError } from '../errors.ts'
import type { CellNames, CellNamesVersion, SaveCellNames } from './schemas.ts'

type Db = Kysely<Database>
type Answer = Static<typeof CellNames>

/** The list as it holds now; without entries and of version 0 while nobody has saved any. */
export async function siteCellNames(db: Db): Promise<Answer> {
  const row = await db
    .selectFrom('cell_name_lists')
    .select(['version', 'entries'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { version: row.version, entries: JSON.parse(row.entries) } : { version: 0, entries: [] }
}

/** Every version, the newest first. */
export async function listVersions(db: Db): Promise<Static<typeof CellNamesVersion>[]> {
  const rows = await db
    .selectFrom('cell_name_lists')
    .leftJoin('users', 'users.id', 'cell_name_lists.created_by')
    .selectAll('cell_name_lists')
    .select('users.name as creator')
    .orderBy('version', 'desc')
    .execute()
  return rows.map(({ id, version, entries, creator, created_at }) => ({
    id,
    version,
    entries: JSON.parse(entries),
    createdBy: creator,
    createdAt: Number(created_at),
  }))
}

/**
 * Writes the next version of the list. A name that cells bear stays in it, of the same kind and under the same type, for what
 * they were called must not become something else; it can be retired.
 *
 * Errors: those of `checkCellNames`; CHANGED_MEANWHILE with the newest list; CELL_NAME_IN_USE.
 */
export async function saveCellNames(
  db: Db,
  userId: string,
  { version, entries }: Static<typeof SaveCellNames>,
): Promise<Answer> {
  const names = checkCellNames(entries.map((one) => ({ ...one, id: one.id ?? v7() })))
  try {
    return await db.transaction().execute(async (trx) => {
      const before = await siteCellNames(trx)
      if (before.version !== version) throw conflict('list of names', before)
      const now = new Map(names.map((one) => [one.id, one]))
      const others = before.entries.filter((one) => {
        const next = now.get(one.id)
        return !next || next.kind !== one.kind || next.under !== one.under
      })
      for (const one of others) await refuseIfUsed(trx, one)
      const id = v7()
      const row = { id, version: version + 1, entries: JSON.stringify(names) }
      await trx
        .insertInto('cell_name_lists')
        .values({ ...row, created_by: userId, created_at: Date.now() })
        .execute()
      await record(trx, {
        event: 'cell_names.save',
        subjectId: id,
        before: { version, ...changedIn(before.entries, names) },
        after: {
          version: row.version,
          ...changedIn(names, before.entries),
          order: names.map((one) => one.id),
        },
      })
      return { version: row.version, entries: names }
    })
  } catch (error) {
    // Someone else wrote the same version at the same moment.
    if (isDuplicate(error)) throw conflict('list of names', await siteCellNames(db))
    throw error
  }
}

/** Those of `names` that are not so in `others`. */
function changedIn(names: readonly CellName[], others: readonly CellName[]) {
  const known = new Set(others.map((one) => JSON.stringify(one)))
  return { names: names.filter((one) => !known.has(JSON.stringify(one))) }
}

async function refuseIfUsed(trx: Transaction<Database>, { id, kind, en }: CellName): Promise<void> {
  for (const table of ['cells', 'second_reading_cells'] as const) {
    const cells = trx.selectFrom(table).select('id').limit(1)
    // A `_` of the id stands for any letter here, which could only keep a name that is not in use.
    const row = await (kind === 'tag'
      ? cells.where('tags', 'like', `%"${id}"%`)
      : cells.where('subtype', '=', id)
    ).executeTakeFirst()
    if (!row) continue
    throw new HttpError(
      409,
      'CELL_NAME_IN_USE',
      `Cells are called “${en}”. Retire the name instead: it is then offered no more, and stays where it was given.`,
    )
  }
}
