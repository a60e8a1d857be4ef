import type { Kysely, Selectable } from 'kysely'
import type { Static } from 'typebox'
import { v7 } from 'uuid'
import { REFERENCE_TABLES, type ReferenceTable, rangeText } from '../../cytology/index.ts'
import { record } from '../audit/record.ts'
import { isDuplicate } from '../database/is-duplicate.ts'
import type { Database, ReferenceTables } from '../database/schema.ts'
import { conflict, HttpError, notFound } from '../errors.ts'
import type { ReferenceTable as Answer, NewReferenceTable } from './schemas.ts'

type Db = Kysely<Database>
type Row = Selectable<ReferenceTables>
/** With the name of whoever confirmed it. */
type Named = Row & { confirmed_name: string | null }
type Given = Static<typeof NewReferenceTable>

/** Puts those tables of cytology/ into the database that it does not have yet. */
export async function seedReferenceTables(db: Db): Promise<void> {
  for (const { id, version, name, source, note, ranges } of REFERENCE_TABLES) {
    const there = await db
      .selectFrom('reference_tables')
      .select('id')
      .where('table_id', '=', id)
      .where('version', '=', version)
      .executeTakeFirst()
    if (there) continue
    try {
      await insert(db, { table_id: id, version, name, source, note, ranges, built_in: 1, active: 0 }, null)
    } catch (error) {
      // Someone else who starts on the same database was faster.
      if (!isDuplicate(error)) throw error
    }
  }
}

/** All versions of all tables, the newest first. */
export async function listReferenceTables(db: Db): Promise<Static<typeof Answer>[]> {
  const rows = await db
    .selectFrom('reference_tables')
    .leftJoin('users', 'users.id', 'reference_tables.confirmed_by')
    .selectAll('reference_tables')
    .select('users.name as confirmed_name')
    .orderBy('table_id')
    .orderBy('version', 'desc')
    .execute()
  const used = inUse(rows)
  return rows.map((row) => answer(row, row === used))
}

/** The table that the counter and the reports use: the one chosen, else the first that comes with the program. */
export async function siteReferenceTable(db: Db): Promise<ReferenceTable> {
  const row = await db.selectFrom('reference_tables').selectAll().where('active', '=', 1).executeTakeFirst()
  const usual = await db
    .selectFrom('reference_tables')
    .selectAll()
    .where('table_id', '=', REFERENCE_TABLES[0]!.id)
    .where('version', '=', REFERENCE_TABLES[0]!.version)
    .executeTakeFirst()
  const used = row ?? usual
  if (!used) return { ...REFERENCE_TABLES[0]!, confirmed: false }
  const { table_id: id, version, name, source, note, ranges, confirmed_at } = used
  return { id, version, name, source, note, confirmed: confirmed_at !== null, ranges: JSON.parse(ranges) }
}

/** Errors: NOT_FOUND, BUILT_IN, RANGE_NOT_VALID, CHANGED_MEANWHILE with the newest version. Returns the new row's id. */
export function saveReferenceTable(db: Db, userId: string, given: Given): Promise<string> {
  const { name, source, note } = given
  const ranges = checked(given.ranges)
  return db.transaction().execute(async (trx) => {
    const all = await lockTables(trx)
    const versions = all.filter((row) => row.table_id === given.tableId)
    const newest = versions.sort((a, b) => b.version - a.version)[0]
    if (given.tableId !== undefined && !newest) throw notFound('table of reference ranges')
    if (newest?.built_in === 1) {
      throw new HttpError(
        409,
        'BUILT_IN',
        'This table comes with the program. Save a copy under another name.',
      )
    }
    if (newest && newest.version !== given.version)
      throw conflict('table', answer({ ...newest, confirmed_name: null }, newest.active === 1))
    // The next version of the table in use is in use at once.
    const active = newest?.active ?? 0
    if (active === 1) await clearChoice(trx)
    const which = { table_id: newest?.table_id ?? v7(), version: (newest?.version ?? 0) + 1 }
    const after = { name, source, note, ranges }
    const id = await insert(trx, { ...which, ...after, built_in: 0, active }, userId)
    await record(trx, {
      event: 'reference_table.save',
      subjectId: id,
      ...(newest && { before: contentOf(newest) }),
      after: { ...which, ...after },
    })
    return id
  })
}

/** From now on the counter and the reports use this version of this table. Errors: NOT_FOUND. */
export async function chooseReferenceTable(db: Db, id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const all = await lockTables(trx)
    const chosen = all.find((row) => row.id === id)
    if (!chosen) throw notFound('table of reference ranges')
    await clearChoice(trx)
    await trx.updateTable('reference_tables').set({ active: 1 }).where('id', '=', id).execute()
    const before = inUse(all)
    await record(trx, {
      event: 'reference_table.choose',
      before: { table: before?.name, version: before?.version },
      after: { table: chosen.name, version: chosen.version },
    })
  })
}

/** A person says that the ranges of this version hold for this laboratory. Errors: NOT_FOUND. */
export async function confirmReferenceTable(db: Db, userId: string, id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const row = (await lockTables(trx)).find((one) => one.id === id)
    if (!row) throw notFound('table of reference ranges')
    // The first word stands.
    if (row.confirmed_at !== null) return
    const confirmed = { confirmed_by: userId, confirmed_at: Date.now() }
    await trx.updateTable('reference_tables').set(confirmed).where('id', '=', id).execute()
    await record(trx, {
      event: 'reference_table.confirm',
      subjectId: id,
      after: { table: row.name, version: row.version },
    })
  })
}

/** Every row, and no one else writes any until the transaction ends: so two people at once never choose two tables. */
async function lockTables(trx: Db): Promise<Row[]> {
  // Changes nothing, and takes the locks: SELECT … FOR UPDATE is not in all databases.
  await trx
    .updateTable('reference_tables')
    .set((eb) => ({ version: eb.ref('version') }))
    .execute()
  return trx.selectFrom('reference_tables').selectAll().execute()
}

const inUse = <R extends Row>(rows: readonly R[]): R | undefined =>
  rows.find((row) => row.active === 1) ?? rows.find((row) => isUsual(row))

const contentOf = ({ table_id, version, name, source, note, ranges }: Row) => ({
  ...{ table_id, version, name, source, note },
  ranges: JSON.parse(ranges),
})

const clearChoice = (trx: Db) =>
  trx.updateTable('reference_tables').set({ active: 0 }).where('active', '=', 1).execute()

/** Limits in order, and the text that they make; a range that says nothing is left out. */
function checked(ranges: Given['ranges']): ReferenceTable['ranges'] {
  const entries = Object.entries(ranges).flatMap(([measure, range]) => {
    if (!range) return []
    const { text, ...limits } = range
    const { low = 0, high, below } = limits
    if (low > (high ?? low) || (below !== undefined && low >= below)) {
      throw new HttpError(422, 'RANGE_NOT_VALID', `The range of ${measure} ends below where it begins.`)
    }
    const printed = rangeText(limits) || text.trim()
    return printed ? [[measure, { text: printed, ...limits }]] : []
  })
  return Object.fromEntries(entries)
}

type New = Omit<
  ReferenceTables,
  'id' | 'ranges' | 'created_by' | 'created_at' | 'confirmed_by' | 'confirmed_at'
> & {
  ranges: ReferenceTable['ranges']
}

async function insert(db: Db, { ranges, ...row }: New, by: string | null): Promise<string> {
  const id = v7()
  const values = { id, ...row, ranges: JSON.stringify(ranges), created_by: by, created_at: Date.now() }
  await db.insertInto('reference_tables').values(values).execute()
  return id
}

const isUsual = (row: Row) =>
  row.table_id === REFERENCE_TABLES[0]!.id && row.version === REFERENCE_TABLES[0]!.version

const answer = (row: Named, active: boolean): Static<typeof Answer> => ({
  id: row.id,
  tableId: row.table_id,
  version: row.version,
  name: row.name,
  source: row.source,
  note: row.note,
  ranges: JSON.parse(row.ranges),
  builtIn: row.built_in === 1,
  active,
  confirmed: row.confirmed_at !== null,
  confirmedBy: row.confirmed_name,
  confirmedAt: row.confirmed_at === null ? null : Number(row.confirmed_at),
  createdAt: Number(row.created_at),
})
