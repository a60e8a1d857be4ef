import { type Kysely, sql } from 'kysely'
import type { Database } from '../database/schema.ts'

const flag = (column: 'touches_edge' | 'reviewed' | 'deleted') =>
  sql`case when ${sql.ref(column)} = 1 then 'true' else 'false' end`

/**
 * A cell as the JSON of the schema `Cell`, put together by the database: of a case of 5,000 cells that takes a quarter of the
 * time of rows that become objects and then text. Ids, types and origins are made by the server and hold nothing that JSON
 * would have to escape.
 */
const CELL = sql<string>`concat(
  '{"id":"', id, '","fieldId":"', field_id, '","box":{"x":', x, ',"y":', y, ',"width":', width, ',"height":', height,
  '},"detection":', detection, ',"type":"', type, '","suggested":"', suggested, '","probability":', probability,
  ',"touchesEdge":', ${flag('touches_edge')}, ',"origin":"', origin, '","reviewed":', ${flag('reviewed')},
  ',"deleted":', ${flag('deleted')}, ',"version":', version, '}')`

/** The cells of a case, each as JSON; with `since`, those changed at or after that time, deleted ones among them. */
export async function cellsAsText(db: Kysely<Database>, caseId: string, since?: number): Promise<string[]> {
  const cells = db.selectFrom('cells').select(CELL.as('cell')).where('specimen_id', '=', caseId)
  const rows = await (since === undefined
    ? cells.where('deleted', '=', 0)
    : cells.where('updated_at', '>=', since)
  ).execute()
  return rows.map(({ cell }) => cell)
}
