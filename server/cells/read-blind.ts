import type { Kysely } from 'kysely'
import type { CellClass, Counts } from '../../cytology/index.ts'
import { reading } from '../database/reads.ts'
import type { Database } from '../database/schema.ts'
import { CELL_COLUMNS, type CellRow } from './cell-row.ts'
import { type Basis, countCells } from './counts.ts'

/** `deleted`, `detection` and `origin` would tell which boxes the first reader drew or took away; finer names and tags are each reader's own. */
const OWN = [
  ...(['type', 'reviewed', 'confirmed', 'version', 'deleted', 'detection', 'origin'] as const),
  ...(['subtype', 'tags'] as const),
]
const SHARED = CELL_COLUMNS.filter((column) => !OWN.includes(column as (typeof OWN)[number])) as Exclude<
  (typeof CELL_COLUMNS)[number],
  (typeof OWN)[number]
>[]

/** The cells of a case as one second reading has them: named by the model until that reader names them, none of them deleted. */
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
      'own.confirmed as confirmed',
      eb.fn.coalesce('own.version', eb.lit(1)).as('version'),
      eb.ref('own.subtype').as('subtype'),
      eb.ref('own.tags').as('tags'),
      eb.lit(0).as('deleted'),
      eb.lit(1).as('detection'),
      eb.val('model').as('origin'),
    ])
    .where('cells.deleted', '=', 0)

/**
 * The cells of a case as a blind reader has them; with `since`, those that this reader changed and those that were found at
 * or after that time. When a cell was found is told by its id alone, for `updated_at` is the first reader's too.
 */
export async function readCellsBlind(
  db: Kysely<Database>,
  caseId: string,
  readingId: string,
  since?: number,
): Promise<CellRow[]> {
  let cells = selectBlind(db, readingId).where('cells.case_id', '=', caseId)
  if (since !== undefined) {
    const firstId = idFrom(since)
    cells = cells.where((eb) => eb.or([eb('cells.id', '>=', firstId), eb('own.updated_at', '>=', since)]))
  }
  // The order of the table follows what was written to it.
  return (await cells.orderBy('cells.id').execute()) as CellRow[]
}

/** The lowest id, a UUID of version 7, that a row made at this time can have. */
const idFrom = (ms: number): string => {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}

/** As `countCells`, for a blind reader, who has no part in the count at the microscope. */
async function countBlind(
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

/** Counts of a case; in the reading of that id, where one is given. */
export const COUNTS = reading(
  import.meta.url,
  'COUNTS',
  (db, caseId: string, readingId: string | undefined, basis: Basis) =>
    readingId === undefined ? countCells(db, caseId, basis) : countBlind(db, caseId, readingId, basis),
)
