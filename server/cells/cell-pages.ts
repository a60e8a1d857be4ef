import type { Kysely } from 'kysely'
import { inChunks } from '../database/in-chunks.ts'
import type { Database } from '../database/schema.ts'

/** Cells that are read at a time. */
const PAGE = 1000

/**
 * Ids of a case's cells in their order, `PAGE` at a time. All are found at once: no index is in this order, so that each page
 * would look at all cells of the case again.
 */
export async function pagesOfCells(
  db: Kysely<Database>,
  caseId: string,
  which: 'there' | 'removed too',
): Promise<Iterable<string[]>> {
  let ids = db.selectFrom('cells').select('id').where('case_id', '=', caseId)
  if (which === 'there') ids = ids.where('deleted', '=', 0)
  const rows = await ids.execute()
  return inChunks(rows.map(({ id }) => id).sort(), PAGE)
}
