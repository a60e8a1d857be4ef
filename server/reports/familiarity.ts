import type { Kysely } from 'kysely'
import { type Familiarity, familiarity } from '../../cytology/index.ts'
import type { Database } from '../database/schema.ts'

/** How familiar the cells that the networks found in a case, and nobody removed, were to the recogniser. */
export async function familiarityOf(db: Kysely<Database>, caseId: string): Promise<Familiarity> {
  const rows = await db
    .selectFrom('cells')
    .select('unfamiliar')
    .where('case_id', '=', caseId)
    .where('origin', '=', 'model')
    .where('deleted', '=', 0)
    .execute()
  return familiarity(rows.map(({ unfamiliar }) => (unfamiliar === null ? null : unfamiliar === 1)))
}
