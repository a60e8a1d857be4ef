import { CELL_CLASSES } from '../../cytology/index.ts'
import type { Cell, Field } from '../api/types.ts'

export const ORDERS = ['doubt', 'confidence', 'size', 'field', 'type', 'similarity', 'unlike'] as const
export type Order = (typeof ORDERS)[number]

/** µm across: the mean of the box's sides; pixels where the field's scale is unknown. */
export function sizeOf(cell: Cell, field: Field | undefined): number {
  return ((cell.box.width + cell.box.height) / 2) * (field?.umPerPixel ?? 1)
}

/** In the order asked for; by likeness or unlikeness of which `scores` tells, cells that it does not know last; among equals as they lie in the fields. */
export function sortCells(
  cells: readonly Cell[],
  order: Order,
  fields: ReadonlyMap<string, Field>,
  scores?: ReadonlyMap<string, number>,
): Cell[] {
  const value: Record<Order, (cell: Cell) => number> = {
    doubt: (cell) => cell.probability,
    confidence: (cell) => -cell.probability,
    size: (cell) => -sizeOf(cell, fields.get(cell.fieldId)),
    field: () => 0,
    type: (cell) => CELL_CLASSES.indexOf(cell.type),
    similarity: ({ id }) => -(scores?.get(id) ?? -2),
    unlike: ({ id }) => -(scores?.get(id) ?? -1),
  }
  const number = (cell: Cell) => fields.get(cell.fieldId)?.number ?? 0
  const key = new Map(cells.map((cell) => [cell.id, value[order](cell)]))
  return [...cells].sort(
    (a, b) =>
      key.get(a.id)! - key.get(b.id)! || number(a) - number(b) || a.box.y - b.box.y || a.box.x - b.box.x,
  )
}
