import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import type { Database } from '../database/schema.ts'
import type { Reading } from './schemas.ts'

/** The second readings of a case, the newest first. */
export async function readingAnswers(
  db: Kysely<Database>,
  caseId: string,
): Promise<Static<typeof Reading>[]> {
  const rows = await db
    .selectFrom('second_readings')
    .innerJoin('users', 'users.id', 'second_readings.reader_id')
    .selectAll('second_readings')
    .select('users.name')
    .where('case_id', '=', caseId)
    .orderBy('second_readings.id', 'desc')
    .execute()
  const reviewed = await reviewedBy(db, caseId)
  const { cells } = await db
    .selectFrom('cells')
    .select((eb) => eb.fn.countAll().as('cells'))
    .where('case_id', '=', caseId)
    .where('deleted', '=', 0)
    .executeTakeFirstOrThrow()
  return rows.map((row) => ({
    id: row.id,
    readerId: row.reader_id,
    readerName: row.name,
    status: row.status,
    reviewed: reviewed.get(row.id) ?? 0,
    cells: Number(cells),
    agreement: row.agreement === null ? null : JSON.parse(row.agreement),
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  }))
}

async function reviewedBy(db: Kysely<Database>, caseId: string): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('second_reading_cells as own')
    .innerJoin('cells', 'cells.id', 'own.cell_id')
    .select((eb) => ['reading_id', eb.fn.countAll().as('count')])
    .where('cells.case_id', '=', caseId)
    .where('cells.deleted', '=', 0)
    .where('own.reviewed', '=', 1)
    .groupBy('reading_id')
    .execute()
  return new Map(rows.map(({ reading_id, count }) => [reading_id, Number(count)]))
}
