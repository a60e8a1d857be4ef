import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import type { Database } from '../database/schema.ts'
import type { ReportReader } from '../signing/report-reader.ts'
import type { OpenVerification } from './schemas.ts'

/**
 * What anyone who holds a signed page is told of it: whether it holds, whether something was added to it later, and the day. No
 * name, no number, no finding. The hash on the page is the only way to ask, and none can be guessed: it is of 256 bits.
 */
export async function openVerification(
  db: Kysely<Database>,
  reports: ReportReader,
  sha256: string,
): Promise<Static<typeof OpenVerification>> {
  const row = await db
    .selectFrom('signatures')
    .select(['id', 'case_id'])
    .where('sha256', '=', sha256)
    .executeTakeFirst()
  if (!row) return { state: 'unknown', signedAt: null }
  const all = await reports.signatures(row.case_id)
  const { intact, at } = all.find(({ id }) => id === row.id)!
  if (!intact) return { state: 'not_valid', signedAt: at }
  return { state: all.at(-1)!.id === row.id ? 'valid' : 'superseded', signedAt: at }
}
