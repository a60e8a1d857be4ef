import type { Kysely } from 'kysely'
import { countNames, type NamedCells } from '../../cytology/index.ts'
import type { Database } from '../database/schema.ts'

/** Cells of a case that are not deleted, by their finer names and tags. */
export async function nameCounts(db: Kysely<Database>, caseId: string): Promise<NamedCells> {
  const rows = await db
    .selectFrom('cells')
    .select(['subtype', 'tags'])
    .where('case_id', '=', caseId)
    .where('deleted', '=', 0)
    .where((eb) => eb.or([eb('subtype', 'is not', null), eb('tags', 'is not', null)]))
    .execute()
  return countNames(rows.map((row) => ({ subtype: row.subtype, tags: row.tags ? JSON.parse(row.tags) : [] })))
}
