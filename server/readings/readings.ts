import type { Kysely, Selectable, Transaction } from 'kysely'
import { v7 as uuid } from 'uuid'
import { agreement, type CellClass, type Pair } from '../../cytology/index.ts'
import { mustBeReader } from '../accounts/readers.ts'
import { record } from '../audit/record.ts'
import { lockCase } from '../case-lock/cases.ts'
import type { Database, SecondReadings } from '../database/schema.ts'
import { HttpError, notFound } from '../errors.ts'
import { hasSeen } from './has-seen.ts'

/** The reading of a case that was not withdrawn. */
export const readingOf = (db: Kysely<Database>, caseId: string) =>
  db
    .selectFrom('second_readings')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('status', '!=', 'withdrawn')
    .executeTakeFirst()

/** Errors: NOT_FOUND. */
export async function findReading(db: Kysely<Database>, id: string): Promise<Selectable<SecondReadings>> {
  const row = await db.selectFrom('second_readings').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound('second reading')
  return row
}

/**
 * Gives a case to a second reader, who is blind to the first one from now on. Another reading that is open is withdrawn.
 *
 * Whoever has seen what the first reader found cannot, also not after an earlier reading was withdrawn.
 *
 * Errors: NOT_FOUND, CASE_SIGNED, READER_UNKNOWN, READER_IS_FIRST, READING_FINISHED, ANALYSIS_RUNNING.
 */
export function assignReading(
  db: Kysely<Database>,
  caseId: string,
  readerId: string,
  by: string,
): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const at = Date.now()
    const caseRow = await lockCase(trx, caseId, at)
    await mustBeReader(trx, readerId)
    const there = await readingOf(trx, caseId)
    if (there?.status === 'finished') {
      throw new HttpError(
        409,
        'READING_FINISHED',
        'The second reading of this case is finished. Withdraw it before another is begun.',
      )
    }
    if (there?.reader_id === readerId) return there.id
    if (
      caseRow.reader_id === readerId ||
      (await hasNamed(trx, caseId, readerId)) ||
      (await hasSeen(trx, caseRow, readerId))
    ) {
      throw new HttpError(
        409,
        'READER_IS_FIRST',
        'This person has read the case already and cannot read it blind; choose someone else.',
      )
    }
    await refuseIfAnalysing(trx, caseId)
    if (there) await setStatus(trx, there.id, 'withdrawn')
    const id = uuid()
    await trx
      .insertInto('second_readings')
      .values({
        id,
        case_id: caseId,
        reader_id: readerId,
        status: 'open',
        agreement: null,
        created_by: by,
        created_at: at,
        finished_at: null,
        seen_by_reader_at: null,
        seen_by_asker_at: null,
      })
      .execute()
    await record(trx, { event: 'reading.assign', caseId, subjectId: id, after: { readerId } })
    return id
  })
}

/** Takes a reading back; what the reader named stays in the table. Errors: NOT_FOUND, CASE_SIGNED. */
export function withdrawReading(db: Kysely<Database>, id: string): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const { case_id } = await findReading(trx, id)
    await lockCase(trx, case_id, Date.now())
    await setStatus(trx, id, 'withdrawn')
    await record(trx, { event: 'reading.withdraw', caseId: case_id, subjectId: id })
    return case_id
  })
}

/**
 * Ends a reading and measures how far both agree on the cells that both have settled. The reader sees the first one's names
 * from now on.
 *
 * Errors: NOT_FOUND, CASE_SIGNED, NOT_YOUR_READING, READING_NOT_OPEN, NOTHING_READ.
 */
export function finishReading(db: Kysely<Database>, id: string, userId: string): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const at = Date.now()
    const { case_id } = await findReading(trx, id)
    await lockCase(trx, case_id, at)
    const { reader_id, status } = await findReading(trx, id)
    if (reader_id !== userId) {
      throw new HttpError(403, 'NOT_YOUR_READING', 'Only the second reader can finish this reading.')
    }
    if (status !== 'open') {
      throw new HttpError(409, 'READING_NOT_OPEN', 'This reading is finished or was withdrawn.')
    }
    const named = await trx
      .selectFrom('second_reading_cells')
      .select('id')
      .where('reading_id', '=', id)
      .where('reviewed', '=', 1)
      .limit(1)
      .executeTakeFirst()
    if (!named) throw new HttpError(409, 'NOTHING_READ', 'Name or confirm cells first, then finish.')
    const measured = await measure(trx, id)
    await trx
      .updateTable('second_readings')
      .set({ status: 'finished', finished_at: at, agreement: JSON.stringify(measured) })
      .where('id', '=', id)
      .execute()
    const { cells, agreed, kappa } = measured
    const after = { cells, agreed, kappa }
    await record(trx, { event: 'reading.finish', caseId: case_id, subjectId: id, after })
    return case_id
  })
}

/**
 * Both readers' names for the cells that both have settled, as they are now, and how far they agree: over all of these, and over
 * those that both confirmed one by one.
 */
async function measure(db: Kysely<Database>, readingId: string) {
  const rows = await db
    .selectFrom('second_reading_cells as own')
    .innerJoin('cells', 'cells.id', 'own.cell_id')
    .select((eb) => ['cells.type as first', 'own.type as second', eb.fn.countAll().as('count')])
    .select(['cells.confirmed as firstHow', 'own.confirmed as secondHow'])
    .where('own.reading_id', '=', readingId)
    .where('own.reviewed', '=', 1)
    .where('cells.reviewed', '=', 1)
    .where('cells.deleted', '=', 0)
    .groupBy(['cells.type', 'own.type', 'cells.confirmed', 'own.confirmed'])
    .execute()
  const found = new Map<string, Pair<CellClass> & { count: number; singly: number }>()
  for (const { first, second, count, firstHow, secondHow } of rows) {
    const pair = found.get(first + second) ?? { first, second, count: 0, singly: 0 }
    pair.count += Number(count)
    if (firstHow === 'singly' && secondHow === 'singly') pair.singly += Number(count)
    found.set(first + second, pair)
  }
  const pairs = [...found.values()].sort((a, b) => (a.first + a.second < b.first + b.second ? -1 : 1))
  const alone = pairs.filter(({ singly }) => singly > 0).map((pair) => ({ ...pair, count: pair.singly }))
  return { ...agreement<CellClass>(pairs), singly: agreement<CellClass>(alone), pairs }
}

/** An analysis leaves the cells that a person has touched and replaces the others. */
async function refuseIfAnalysing(db: Kysely<Database>, caseId: string): Promise<void> {
  const busy = await db
    .selectFrom('analyses')
    .select('id')
    .where('case_id', '=', caseId)
    .where('status', 'in', ['queued', 'running'])
    .executeTakeFirst()
  if (!busy) return
  throw new HttpError(409, 'ANALYSIS_RUNNING', 'This case is being analysed; wait for the end or cancel it.')
}

const setStatus = (trx: Transaction<Database>, id: string, status: SecondReadings['status']) =>
  trx.updateTable('second_readings').set({ status }).where('id', '=', id).execute()

async function hasNamed(db: Kysely<Database>, caseId: string, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('cell_changes')
    .select('id')
    .where('case_id', '=', caseId)
    .where('user_id', '=', userId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
