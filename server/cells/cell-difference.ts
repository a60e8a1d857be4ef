import type { Static } from 'typebox'
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
  >
>

/** What of `set` is not so already; undefined when all is. */
export function difference(cellId: string, row: CellRow, set: Set): Change | undefined {
  const { x, y, width, height } = row
  const now = {
    type: row.type,
    reviewed: row.reviewed === 1,
    confirmed: row.confirmed,
    deleted: row.deleted === 1,
    box: { x, y, width, height },
  }
  const before: Record<string, unknown> = {}
  const after: Record<string, unknown> = {}
  for (const key of ['type', 'reviewed', 'confirmed', 'deleted', 'box'] as const) {
    const wanted = set[key]
    if (wanted === undefined || same(wanted, now[key])) continue
    before[key] = now[key]
    after[key] = wanted
  }
  return Object.keys(after).length > 0 ? { cellId, before, after } : undefined
}

function same(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || a === null) return a === b
  return (['x', 'y', 'width', 'height'] as const).every((key) => (a as Box)[key] === (b as Box)[key])
}

export function columnsOf(
  { type, reviewed, confirmed, deleted, box }: Set,
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
  }
}
