import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'

export async function isReadBlind(db: Kysely<Database>, caseId: string): Promise<boolean> {
  const row = await db
    .selectFrom('second_readings')
    .select('id')
    .where('case_id', '=', caseId)
    .where('status', '=', 'open')
    .executeTakeFirst()
  return row !== undefined
}

/** A box that is drawn, moved or removed during a blind reading would show the second reader where the first one was. Errors: BOXES_HELD. */
export async function refuseIfReadBlind(db: Kysely<Database>, caseId: string): Promise<void> {
  if (!(await isReadBlind(db, caseId))) return
  throw new HttpError(
    409,
    'BOXES_HELD',
    'A second reader is reading this case: its boxes stay as they are until that reading is finished or withdrawn.',
  )
}
