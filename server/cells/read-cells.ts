import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { CELL_COLUMNS, type CellRow } from './cell-row.ts'

/**
 * The cells of a case; with `since`, those changed at or after that time, deleted ones among them. They are looked up by
 * their fields: the cells of a field lie beside each other in the database, those of a case by its own index do not, which
 * takes twice as long.
 */
export function readCells(db: Kysely<Database>, caseId: string, since?: number): Promise<CellRow[]> {
  const cells = db
    .selectFrom('cells')
    .select(CELL_COLUMNS)
    .where('field_id', 'in', (eb) =>
      eb.selectFrom('fields').select('fields.id').where('fields.case_id', '=', caseId),
    )
  return (
    since === undefined ? cells.where('deleted', '=', 0) : cells.where('updated_at', '>=', since)
  ).execute()
}
