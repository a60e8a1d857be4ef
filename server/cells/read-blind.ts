import type { Kysely } from 'kysely'
import type { CellClass, Counts } from '../../cytology/index.ts'
import type { Database } from '../database/schema.ts'
import { CELL_COLUMNS, type CellRow } from './cell-row.ts'
import type { Basis } from './counts.ts'

const OWN = ['type', 'reviewed', 'version'] as const
const SHARED = CELL_COLUMNS.filter((column) => !OWN.includes(column as (typeof OWN)[number])) as Exclude<
  (typeof CELL_COLUMNS)[number],
  (typeof OWN)[number]
>[]

/** The cells of a case as one second reading has them: named by the model until that reader names them. */
export const selectBlind = (db: Kysely<Database>, readingId: string) =>
  db
    .selectFrom('cells')
    .leftJoin('second_reading_cells as own', (join) =>
      join.onRef('own.cell_id', '=', 'cells.id').on('own.reading_id', '=', readingId),
    )
    .select(SHARED.map((column) => `cells.${column}` as const))
    .select((eb) => [
      eb.fn.coalesce('own.type', 'cells.suggested').as('type'),
      eb.fn.coalesce('own.reviewed', eb.lit(0)).as('reviewed'),
      eb.fn.coalesce('own.version', eb.lit(1)).as('version'),
    ])

/** The cells of a case as a blind reader has them; with `since`, those changed at or after that time, deleted ones among them. */
export async function readCellsBlind(
  db: Kysely<Database>,
  caseId: string,
  readingId: string,
  since?: number,
): Promise<CellRow[]> {
  const cells = selectBlind(db, readingId).where('cells.case_id', '=', caseId)
  const rows = await (since === undefined
    ? cells.where('cells.deleted', '=', 0)
    : cells.where((eb) => eb.or([eb('cells.updated_at', '>=', since), eb('own.updated_at', '>=', since)]))
  ).execute()
  return rows as CellRow[]
}

/** As `countCells`, for a blind reader, who has no part in the count at the microscope. */
export async function countBlind(
  db: Kysely<Database>,
  caseId: string,
  readingId: string,
  basis: Basis,
): Promise<Counts> {
  const counts: Partial<Record<CellClass, number>> = {}
  if (basis === 'manual') return counts
  for (const { type, reviewed } of await readCellsBlind(db, caseId, readingId)) {
    if (basis === 'all' || reviewed) counts[type] = (counts[type] ?? 0) + 1
  }
  return counts
}
