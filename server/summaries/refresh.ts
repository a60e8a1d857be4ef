import type { Kysely } from 'kysely'
import { v7 as uuid } from 'uuid'
import { holdCases } from '../case-lock/cases.ts'
import { inChunks } from '../database/in-chunks.ts'
import type { Database } from '../database/schema.ts'
import { sumUp } from './sum-up.ts'

/** Cases in one transaction, which keeps their rows locked while it lasts. */
const TOGETHER = 10
/** Marks that are settled in one go. */
export const MARKS = 1000
/** Rows an insert: a summary has some sixty values, and SQLite takes 32,766 in one statement. */
const ROWS = 200

/** Sums up some of the cases that are due; the number of marks that it settled, 0 where nothing is due. */
export async function refreshDue(db: Kysely<Database>): Promise<number> {
  const marks = await db.selectFrom('summaries_due').selectAll().orderBy('id').limit(MARKS).execute()
  const ids = [...new Set(marks.map((mark) => mark.case_id))]
  for (const chunk of inChunks(ids, TOGETHER)) {
    const these = new Set(chunk)
    const settled = marks.filter((mark) => these.has(mark.case_id)).map((mark) => mark.id)
    await refresh(db, chunk, settled)
    // SQLite answers within the turn of the loop: without a pause no request would be answered until all is summed up.
    await new Promise((done) => setImmediate(done))
  }
  return marks.length
}

/**
 * Sums cases up anew. The case is locked before its cells are read: of two that sum up the same case at once the second one
 * reads later, so that an older sum never replaces a newer one. The marks are those that were there before; a change
 * that comes meanwhile leaves a new one.
 */
export async function refresh(
  db: Kysely<Database>,
  caseIds: readonly string[],
  marks: readonly string[] = [],
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await holdCases(trx, caseIds)
    const { summaries, corrections, names } = await sumUp(trx, caseIds, Date.now())
    for (const table of ['case_summaries', 'case_corrections', 'case_names'] as const) {
      await trx.deleteFrom(table).where('case_id', 'in', caseIds).execute()
    }
    for (const chunk of inChunks(summaries, ROWS)) {
      await trx.insertInto('case_summaries').values(chunk).execute()
    }
    for (const chunk of inChunks(corrections))
      await trx.insertInto('case_corrections').values(chunk).execute()
    for (const chunk of inChunks(names)) await trx.insertInto('case_names').values(chunk).execute()
    for (const chunk of inChunks(marks)) {
      await trx.deleteFrom('summaries_due').where('id', 'in', chunk).execute()
    }
  })
}

/**
 * Marks the cases that have no summary or were changed after it: those of before there were summaries, and whatever a program
 * changed that does not know of them. The number of cases.
 */
export async function markStale(db: Kysely<Database>): Promise<number> {
  const rows = await db
    .selectFrom('cases')
    .leftJoin('case_summaries as summary', 'summary.case_id', 'cases.id')
    .select('cases.id')
    .where((eb) =>
      eb.or([eb('summary.case_id', 'is', null), eb('summary.summed_at', '<=', eb.ref('cases.updated_at'))]),
    )
    .execute()
  return mark(
    db,
    rows.map(({ id }) => id),
  )
}

/** Marks every case, so that all are summed up anew. The number of cases. */
export async function markAll(db: Kysely<Database>): Promise<number> {
  const rows = await db.selectFrom('cases').select('id').execute()
  return mark(
    db,
    rows.map(({ id }) => id),
  )
}

async function mark(db: Kysely<Database>, caseIds: readonly string[]): Promise<number> {
  for (const chunk of inChunks(caseIds)) {
    await db
      .insertInto('summaries_due')
      .values(chunk.map((case_id) => ({ id: uuid(), case_id })))
      .execute()
  }
  return caseIds.length
}
