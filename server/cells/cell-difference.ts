import type { Static } from 'typebox'
import { sortedTags } from '../../cytology/index.ts'
import type { Cells } from '../database/schema.ts'
import { touchesEdge } from './cell-box.ts'
import type { CellRow } from './cell-row.ts'
import type { CellSet } from './schemas.ts'

type Set = Static<typeof CellSet>
type Box = NonNullable<Set['box']>

/** What one change did to one cell; only the properties that became others. */
export interface Change {
  cellId: string
  before: Set
  after: Set
}

export type Columns = Partial<
  Pick<
    Cells,
    | 'type'
    | 'reviewed'
    | 'confirmed'
    | 'deleted'
    | 'x'
    | 'y'
    | 'width'
    | 'height'
    | 'touches_edge'
    | 'suggested'
    | 'probability'
    | 'probabilities'
    | 'regions'
    | 'unfamiliar'
    | 'subtype'
    | 'tags'
  >
>

/**
 * What of `set` is not so already; undefined when all is. Who names a cell, its type or more finely, settles it. A finer name
 * stands under one type: with another type it goes.
 */
export function difference(cellId: string, row: CellRow, asked: Set): Change | undefined {
  const set: Set = {
    ...((asked.type || asked.subtype) && { reviewed: true }),
    ...(asked.type !== undefined && asked.type !== row.type && { subtype: null }),
    ...asked,
    ...(asked.tags && { tags: sortedTags(asked.tags) }),
  }
  const { x, y, width, height } = row
  const now = {
    type: row.type,
    reviewed: row.reviewed === 1,
    confirmed: row.confirmed,
    deleted: row.deleted === 1,
    box: { x, y, width, height },
    subtype: row.subtype,
    tags: tagsOf(row),
  }
  const before: Record<string, unknown> = {}
  const after: Record<string, unknown> = {}
  for (const key of ['type', 'reviewed', 'confirmed', 'deleted', 'box', 'subtype', 'tags'] as const) {
    const wanted = set[key]
    if (wanted === undefined || same(wanted, now[key])) continue
    before[key] = now[key]
    after[key] = wanted
  }
  return Object.keys(after).length > 0 ? { cellId, before, after } : undefined
}

function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) || Array.isArray(b)) return JSON.stringify(a) === JSON.stringify(b)
  if (typeof a !== 'object' || a === null) return a === b
  return (['x', 'y', 'width', 'height'] as const).every((key) => (a as Box)[key] === (b as Box)[key])
}

export const tagsOf = ({ tags }: Pick<CellRow, 'tags'>): string[] => (tags ? JSON.parse(tags) : [])

/** As the tables of cells keep them. */
export const tagsColumn = (tags: readonly string[]): string | null =>
  tags.length > 0 ? JSON.stringify(tags) : null

export function columnsOf(
  { type, reviewed, confirmed, deleted, box, subtype, tags }: Set,
  field: { width: number; height: number },
): Columns {
  return {
    ...(type !== undefined && { type }),
    ...(reviewed !== undefined && { reviewed: reviewed ? 1 : 0 }),
    ...(confirmed !== undefined && { confirmed }),
    ...(deleted !== undefined && { deleted: deleted ? 1 : 0 }),
    ...(box && {
      x: box.x,
      y: box.y,
      width: box.width,
      height: box.height,
      touches_edge: touchesEdge(box, field) ? 1 : 0,
    }),
    ...(subtype !== undefined && { subtype }),
    ...(tags && { tags: tagsColumn(tags) }),
  }
}
