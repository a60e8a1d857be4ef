import { CELL_CLASSES } from '../cytology/cell-types.ts'
import { iou } from '../vision/box.ts'
import { type LabelProblem, otherSize, problemsOf } from './label-problems.ts'
import type { LabelledBox, LabelledField } from './labelled-image.ts'

/** Every label that a box may have. */
export const KNOWN_LABELS: readonly string[] = [...CELL_CLASSES, 'white', 'nucleated_cell', 'red', 'platelet']

/** A box may stick out of its image by so many pixels: labels are rounded. */
const OUTSIDE = 0.5
/** Two boxes that overlap by more are one cell that was drawn twice. */
const SAME_CELL = 0.85

export interface CheckOptions {
  /** Labels that are known beside the usual ones. */
  labels?: readonly string[]
  /** The true size of a field's image; undefined where the image is not there. */
  sizeOf?: ((field: LabelledField) => { width: number; height: number } | undefined) | undefined
}

/**
 * All that is wrong with labels that could be read: images that are not there or have another size, images that come up
 * twice, boxes outside of their image, unknown labels, numbers or ids that are given twice, cells drawn twice.
 */
export function checkFields(
  fields: readonly LabelledField[],
  { labels = [], sizeOf }: CheckOptions = {},
): LabelProblem[] {
  const known = new Set([...KNOWN_LABELS, ...labels])
  const files = new Set<string>()
  const ids = new Set<number>()
  return fields.flatMap((field) => {
    const { problems, note } = problemsOf(field.file)
    if (files.has(field.file)) note('image', 'it is labelled twice')
    files.add(field.file)
    const size = sizeOf ? sizeOf(field) : field
    if (size === undefined) note('image', 'the image is not there')
    else if (size.width !== field.width || size.height !== field.height) {
      note('image', otherSize(size, field))
    }
    const numbers = new Set<number>()
    field.boxes.forEach((labelled, i) => {
      const where = `shape ${i + 1}`
      for (const why of faultsOf(labelled, field)) note(where, why)
      if (!known.has(labelled.label)) note(where, `the label '${labelled.label}' is not known`)
      if (repeated(numbers, labelled.number)) note(where, `the number ${labelled.number} is there twice`)
      if (repeated(ids, labelled.id)) note(where, `the id ${labelled.id} is there twice`)
    })
    for (const [a, b] of drawnTwice(field.boxes)) {
      note(`shape ${b + 1}`, `it lies on shape ${a + 1}: one cell drawn twice`)
    }
    return problems
  })
}

function faultsOf({ box: [x, y, w, h], ignore, reason }: LabelledBox, field: LabelledField): string[] {
  const faults: string[] = []
  if (!(w > 0 && h > 0)) faults.push('the box has no area')
  if (x < -OUTSIDE || y < -OUTSIDE || x + w > field.width + OUTSIDE || y + h > field.height + OUTSIDE) {
    faults.push(
      `the box ${[x, y, w, h].join(' ')} reaches out of the image of ${field.width}×${field.height}`,
    )
  }
  if (reason !== undefined && !ignore) faults.push('it has a reason to be ignored but is not ignored')
  return faults
}

function repeated(seen: Set<number>, value: number | undefined): boolean {
  if (value === undefined) return false
  if (seen.has(value)) return true
  seen.add(value)
  return false
}

/** Pairs of boxes on the same cell, by index. Boxes are swept from left to right, so that many of them take little time. */
function drawnTwice(boxes: readonly LabelledBox[]): [number, number][] {
  const order = boxes.map((_, i) => i).sort((a, b) => boxes[a]!.box[0] - boxes[b]!.box[0])
  const pairs: [number, number][] = []
  for (const [place, a] of order.entries()) {
    const { box, label } = boxes[a]!
    // Boxes that overlap by SAME_CELL begin within this distance of each other.
    const reach = box[0] + box[2] * (1 - SAME_CELL)
    for (let next = place + 1; next < order.length; next++) {
      const b = order[next]!
      if (boxes[b]!.box[0] > reach) break
      if (boxes[b]!.label === label && iou(box, boxes[b]!.box) > SAME_CELL) {
        pairs.push(a < b ? [a, b] : [b, a])
      }
    }
  }
  return pairs.sort((p, q) => p[1] - q[1] || p[0] - q[0])
}
