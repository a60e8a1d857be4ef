import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'
import { openReadingsOf } from '../readings/blind.ts'

/** A patient's data are not told whole to who reads one of the cases blind. Errors: BLIND_READING. */
export async function refuseIfBlind(
  db: Kysely<Database>,
  userId: string,
  caseIds: readonly string[],
): Promise<void> {
  const blind = await openReadingsOf(db, userId)
  if (!caseIds.some((caseId) => blind.has(caseId))) return
  throw new HttpError(
    403,
    'BLIND_READING',
    'You read a case of this patient as the second reader, blind. Finish your reading; then this is shown.',
  )
}
