import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import type { Database } from '../database/schema.ts'
import type { ReportReader } from '../signing/report-reader.ts'
import type { Verification } from './schemas.ts'

const UNKNOWN = {
  exists: false,
  intact: false,
  kind: null,
  caseId: null,
  marrowNumber: null,
  userName: null,
  at: null,
}

/** Whether a signature or an addendum with this hash is kept here, and still is what was signed. */
export async function verify(
  db: Kysely<Database>,
  reports: ReportReader,
  sha256: string,
): Promise<Static<typeof Verification>> {
  const row = await db
    .selectFrom('signatures')
    .innerJoin('cases', 'cases.id', 'signatures.case_id')
    .select(['signatures.id', 'case_id', 'marrow_number'])
    .where('sha256', '=', sha256)
    .executeTakeFirst()
  if (!row) return UNKNOWN
  const found = (await reports.signatures(row.case_id)).find(({ id }) => id === row.id)!
  const { intact, kind, userName, at } = found
  return {
    exists: true,
    intact,
    kind,
    caseId: row.case_id,
    marrowNumber: row.marrow_number,
    userName,
    at,
  }
}
