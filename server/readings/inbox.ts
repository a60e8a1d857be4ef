import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { record } from '../audit/record.ts'
import type { Database } from '../database/schema.ts'
import type { Inbox } from './schemas.ts'

const DAY = 86_400_000
/** A reading that was finished longer ago, and seen, is not told any more. */
const TOLD = 30 * DAY
/** No person has so many. */
const MOST = 100

/**
 * What waits for a person: cases to read second, the oldest first, then readings that others finished for this person in the last 30
 * days and those never seen, the newest first. Nothing of the cells is in it.
 */
export async function inboxOf(
  db: Kysely<Database>,
  userId: string,
  now: number,
): Promise<Static<typeof Inbox>> {
  const readings = db
    .selectFrom('second_readings as reading')
    .innerJoin('cases', 'cases.id', 'reading.case_id')
    .select(['reading.id', 'reading.case_id', 'cases.marrow_number', 'reading.created_at'])
    .select(['reading.finished_at', 'seen_by_reader_at', 'seen_by_asker_at'])
  const toRead = await readings
    .innerJoin('users', 'users.id', 'reading.created_by')
    .select('users.name')
    .where('reading.reader_id', '=', userId)
    .where('reading.status', '=', 'open')
    .orderBy('reading.created_at')
    .limit(MOST)
    .execute()
  const finished = await readings
    .innerJoin('users', 'users.id', 'reading.reader_id')
    .select('users.name')
    .where('reading.created_by', '=', userId)
    .where('reading.reader_id', '!=', userId)
    .where('reading.status', '=', 'finished')
    .where((eb) => eb.or([eb('reading.finished_at', '>', now - TOLD), eb('seen_by_asker_at', 'is', null)]))
    .orderBy('reading.finished_at', 'desc')
    .limit(MOST)
    .execute()
  const item = (kind: 'to_read' | 'finished', row: (typeof toRead)[number]) => ({
    readingId: row.id,
    kind,
    caseId: row.case_id,
    marrowNumber: row.marrow_number,
    personName: row.name,
    at: Number(kind === 'finished' ? row.finished_at : row.created_at),
    unread: (kind === 'finished' ? row.seen_by_asker_at : row.seen_by_reader_at) === null,
  })
  const items = [
    ...toRead.map((row) => item('to_read', row)),
    ...finished.map((row) => item('finished', row)),
  ]
  return { items, waiting: items.filter(({ kind, unread }) => kind === 'to_read' || unread).length }
}

/** What waits for a person in a case was seen. */
export function seenInCase(db: Kysely<Database>, caseId: string, userId: string, at: number): Promise<void> {
  return db.transaction().execute(async (trx) => {
    for (const [who, seen, status] of [
      ['reader_id', 'seen_by_reader_at', 'open'],
      ['created_by', 'seen_by_asker_at', 'finished'],
    ] as const) {
      await trx
        .updateTable('second_readings')
        .set({ [seen]: at })
        .where('case_id', '=', caseId)
        .where(who, '=', userId)
        .where('status', '=', status)
        .where(seen, 'is', null)
        .execute()
    }
    await record(trx, { event: 'reading.seen', caseId })
  })
}
