import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'

/**
 * Ids of a case's cells in their order, by which they are then read some at a time. No index is in this order: page after page
 * of the case would look at all of its cells each time.
 */
export async function idsOfCells(
  db: Kysely<Database>,
  caseId: string,
  which: 'there' | 'removed too',
): Promise<string[]> {
  let ids = db.selectFrom('cells').select('id').where('case_id', '=', caseId)
  if (which === 'there') ids = ids.where('deleted', '=', 0)
  return (await ids.execute()).map(({ id }) => id).sort()
}
