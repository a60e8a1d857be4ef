import { type Box, clip } from '../vision/box.ts'
import type { Correction, ImageCorrections } from './corrections.ts'
import { type Inspected, problemsOf } from './label-problems.ts'
import { type LabelledBox, type LabelledField, touchesEdge } from './labelled-image.ts'

/** What became of the boxes of one image. A box that was both adjusted and ignored counts as adjusted. */
export interface CorrectionCounts {
  proposed: number
  /** Kept as they were proposed. */
  right: number
  adjusted: number
  removed: number
  added: number
  /** Of proposals that became ignored ones and stayed in place. */
  ignored: number
}

export interface Corrected {
  field: LabelledField
  counts: CorrectionCounts
}

/** A box that ends so many pixels before the edge of the image is one of a cell that the edge cuts, and is drawn up to it. */
const TO_THE_EDGE = 2

/** An ordinary cell of a marrow field whose type nobody has named. */
const PLAIN = 'nucleated_cell'

/** Numbers the boxes of a field that have no number yet, above those that have one, else from 1. */
export function numbered(field: LabelledField): LabelledField {
  let next = highest(field.boxes)
  return { ...field, boxes: field.boxes.map((box) => ({ ...box, number: box.number ?? ++next })) }
}

/**
 * Applies a person's corrections to the proposals of an image, in the order of the file. Boxes keep their numbers, added
 * ones get the next free ones, so that a later line can correct them too. Boxes are cut off at the image's edge, and those
 * that end within two pixels of it are drawn up to it.
 *
 * @param file the file of corrections, for messages
 * Faults, all of them with the line: a number that is not there or was removed, a box outside of the image.
 */
export function applyCorrections(
  proposals: LabelledField,
  { corrections }: ImageCorrections,
  file: string,
): Inspected<Corrected> {
  const { problems, note } = problemsOf(file)
  const start = numbered(proposals)
  const boxes = new Map(start.boxes.map((box) => [box.number!, { ...box }]))
  let last = highest(start.boxes)
  for (const correction of corrections) {
    const where = `line ${correction.line}`
    const refused =
      correction.kind === 'add' ? addTo(boxes, correction, ++last, start) : change(boxes, correction, start)
    if (refused) note(where, refused)
  }
  const { width, height } = start
  const kept = [...boxes.values()].map(({ score: _, proposedBy: __, ...labelled }) => {
    const box = toTheEdge(labelled.box, width, height)
    return { ...labelled, box, touchesEdge: touchesEdge(box, width, height) }
  })
  const field = { ...start, boxes: kept }
  return { value: { field, counts: countsOf(start, boxes) }, problems }
}

function toTheEdge([x, y, w, h]: Box, width: number, height: number): Box {
  const left = x <= TO_THE_EDGE ? 0 : x
  const top = y <= TO_THE_EDGE ? 0 : y
  const right = x + w >= width - TO_THE_EDGE ? width : x + w
  const bottom = y + h >= height - TO_THE_EDGE ? height : y + h
  return [left, top, right - left, bottom - top]
}

type Boxes = Map<number, LabelledBox>

function addTo(
  boxes: Boxes,
  { box, label, reason }: Extract<Correction, { kind: 'add' }>,
  number: number,
  { width, height }: LabelledField,
): string | undefined {
  const inside = clip(box, width, height)
  if (inside[2] <= 0 || inside[3] <= 0) return `the box ${box.join(' ')} lies outside of the image`
  boxes.set(number, {
    box: inside,
    label: label ?? PLAIN,
    touchesEdge: touchesEdge(inside, width, height),
    ...(reason === undefined ? {} : { ignore: true, reason }),
    number,
  })
  return undefined
}

function change(
  boxes: Boxes,
  correction: Exclude<Correction, { kind: 'add' }>,
  { width, height }: LabelledField,
): string | undefined {
  const { number } = correction
  const box = boxes.get(number)
  if (box === undefined) return `there is no box ${number}`
  switch (correction.kind) {
    case 'remove':
      boxes.delete(number)
      return undefined
    case 'adjust': {
      const inside = clip(correction.box, width, height)
      if (inside[2] <= 0 || inside[3] <= 0) {
        return `the box ${correction.box.join(' ')} lies outside of the image`
      }
      box.box = inside
      box.touchesEdge = touchesEdge(inside, width, height)
      return undefined
    }
    case 'ignore':
      box.ignore = true
      box.reason = correction.reason
      return undefined
    case 'keep':
      delete box.ignore
      delete box.reason
      return undefined
    case 'label':
      box.label = correction.label
      return undefined
  }
}

function highest(boxes: readonly LabelledBox[]): number {
  return boxes.reduce((most, { number }) => Math.max(most, number ?? 0), 0)
}

function countsOf(start: LabelledField, boxes: Boxes): CorrectionCounts {
  const counts = { proposed: start.boxes.length, right: 0, adjusted: 0, removed: 0, added: 0, ignored: 0 }
  for (const before of start.boxes) {
    const after = boxes.get(before.number!)
    if (after === undefined) counts.removed++
    else if (after.box.some((v, i) => v !== before.box[i])) counts.adjusted++
    else if (after.ignore && !before.ignore) counts.ignored++
    else counts.right++
  }
  const proposed = new Set(start.boxes.map(({ number }) => number))
  counts.added = [...boxes.keys()].filter((number) => !proposed.has(number)).length
  return counts
}
