import type { Selectable } from 'kysely'
import type { Static } from 'typebox'
import type { Cells } from '../database/schema.ts'
import type { Cell } from './schemas.ts'

export const CELL_COLUMNS = [
  'id',
  'field_id',
  'x',
  'y',
  'width',
  'height',
  'detection',
  'type',
  'suggested',
  'probability',
  'unfamiliar',
  'touches_edge',
  'origin',
  'reviewed',
  'confirmed',
  'deleted',
  'subtype',
  'tags',
  'version',
] as const satisfies readonly (keyof Cells)[]

export type CellRow = Selectable<Pick<Cells, (typeof CELL_COLUMNS)[number]>>

export function cellOf(row: CellRow): Static<typeof Cell> {
  return JSON.parse(cellJson(row))
}

/** ms; a change that is being written while cells are read gets an earlier time than the reading. */
const OVERLAP = 5000

/**
 * The JSON text of {cells, at}, as the schema `Cells` has it. Written by hand: for thousands of cells that is
 * quicker than any serialiser.
 */
export const cellsJson = (rows: readonly CellRow[], at: number): string =>
  `{"cells":[${rows.map(cellJson).join(',')}],"at":${at - OVERLAP}}`

// Ids, types, origins, how a cell was confirmed and the ids of names are made by the server and hold nothing that JSON would have to escape.
function cellJson(row: CellRow): string {
  return (
    `{"id":"${row.id}","fieldId":"${row.field_id}",` +
    `"box":{"x":${row.x},"y":${row.y},"width":${row.width},"height":${row.height}},` +
    `"detection":${row.detection},"type":"${row.type}","suggested":"${row.suggested}",` +
    `"probability":${row.probability},"unfamiliar":${row.unfamiliar === null ? null : row.unfamiliar === 1},` +
    `"touchesEdge":${row.touches_edge === 1},"origin":"${row.origin}","reviewed":${row.reviewed === 1},` +
    `"confirmed":${row.confirmed === null ? null : `"${row.confirmed}"`},"deleted":${row.deleted === 1},` +
    `"subtype":${row.subtype === null ? null : `"${row.subtype}"`},"tags":${row.tags ?? '[]'},"version":${row.version}}`
  )
}
