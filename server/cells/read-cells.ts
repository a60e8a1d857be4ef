import type { Kysely } from 'kysely'
import { reading } from '../database/reads.ts'
import type { Database } from '../database/schema.ts'
import { CELL_COLUMNS, type CellRow, cellsJson } from './cell-row.ts'
import { readCellsBlind } from './read-blind.ts'

/**
 * The cells of a case; with `since`, those changed at or after that time, deleted ones among them. They are looked up by
 * their fields: the cells of a field lie beside each other in the database, those of a case by its own index do not, which
 * takes twice as long.
 */
function readCells(db: Kysely<Database>, caseId: string, since?: number): Promise<CellRow[]> {
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

/** The cells of a case as the API answers them, JSON in UTF-8; in the reading of that id, where one is given. `at`: ms, before they are read. */
async function cellsOfCase(
  db: Kysely<Database>,
  caseId: string,
  readingId: string | undefined,
  since: number | undefined,
  at: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const cells = await (readingId === undefined
    ? readCells(db, caseId, since)
    : readCellsBlind(db, caseId, readingId, since))
  return new TextEncoder().encode(cellsJson(cells, at))
}

export const CELLS_JSON = reading(import.meta.url, 'CELLS_JSON', cellsOfCase)
