import { type Box, intersection, iou } from '../vision/box.ts'
import { type LabelledBox, type LabelledField, touchesEdge } from './labelled-image.ts'

/** What may be a cell, from each of the ways to find one. */
export interface Findings {
  /** Boxes that somebody gave, e.g. from masks; `merged` ones may hold several cells. */
  given: readonly { box: Box; label: string; merged: boolean }[]
  detected: readonly { box: Box; score: number }[]
  classical: readonly { box: Box }[]
}

/** Boxes that overlap by more mean the same cell. */
const SAME = 0.4
/** A box lies in another when so much of its area does. */
const WITHIN = 0.7

/**
 * One box for each cell that any of the three ways found: a given one before a detected one before a classical one. A given
 * box that may hold several cells gives way where the detector sees two or more in it, and where it sees one.
 * Sorted by row of the image, then column, and numbered from 1; whole pixels.
 */
export function mergeProposals(
  field: Omit<LabelledField, 'boxes'>,
  { given, detected, classical }: Findings,
): LabelledField {
  const { width, height } = field
  const certain = given.filter(
    ({ box, merged }) => !(merged && detected.some((found) => within(found.box, box))),
  )
  const kept: LabelledBox[] = certain.map(({ box, label }) => ({ box, label, proposedBy: 'given' }))
  for (const { box, score } of distinct(detected)) {
    if (certain.some((other) => same(box, other.box))) continue
    const plasma = given.find((other) => other.merged && within(box, other.box))
    kept.push({
      box,
      label: plasma?.label ?? 'nucleated_cell',
      score: Math.round(score * 1000) / 1000,
      proposedBy: 'detector',
    })
  }
  const found = kept.map(({ box }) => box)
  for (const { box } of classical) {
    if (found.some((other) => intersection(box, other) > 0.3 * area(box))) continue
    kept.push({ box, label: 'nucleated_cell', proposedBy: 'classical' })
  }
  const boxes = kept
    .map((labelled) => {
      const box = wholePixels(labelled.box, width, height)
      return { ...labelled, box, touchesEdge: touchesEdge(box, width, height) }
    })
    .filter(({ box }) => box[2] > 0 && box[3] > 0)
    .sort((a, b) => a.box[1] - b.box[1] || a.box[0] - b.box[0])
  return { ...field, boxes: boxes.map((box, i) => ({ ...box, number: i + 1 })) }
}

/** Where the ways disagree, which is where a person learns most and the next detector too. */
export interface Disagreement {
  /** Detections above the threshold but below `sure`. */
  doubtful: number
  /** Nuclei by their stain that the detector did not find. */
  classicalOnly: number
  /** Given boxes that the detector did not find. */
  missed: number
  /** Detections that hold no nucleus by its stain. */
  unstained: number
  /** Weighted sum; a missed cell counts most. */
  score: number
}

/** How far the ways to find cells disagree on a field. */
export function disagreement({ given, detected, classical }: Findings, { sure = 0.6 } = {}): Disagreement {
  const found = distinct(detected)
  const doubtful = found.filter(({ score }) => score < sure).length
  const classicalOnly = classical.filter(
    ({ box }) => !found.some((other) => intersection(box, other.box) > 0.3 * area(box)),
  ).length
  const missed = given.filter(
    ({ box, merged }) => !merged && !found.some((other) => iou(other.box, box) >= 0.5),
  ).length
  const unstained = found.filter(
    ({ box }) => !classical.some((other) => intersection(box, other.box) > 0.3 * area(other.box)),
  ).length
  return {
    doubtful,
    classicalOnly,
    missed,
    unstained,
    score: 2 * missed + classicalOnly + 0.5 * doubtful + 0.5 * unstained,
  }
}

/**
 * Detections without those that see a cell a second time: what overlaps a surer one too much, and what holds the
 * centres of two surer ones.
 */
function distinct(detected: Findings['detected']): Findings['detected'] {
  const kept: { box: Box; score: number }[] = []
  for (const found of detected.toSorted((a, b) => b.score - a.score)) {
    const { box } = found
    const again = kept.some((other) => iou(box, other.box) > 0.3 || within(box, other.box))
    const several = kept.filter((other) => within(other.box, box)).length > 1
    if (!again && !several) kept.push(found)
  }
  return kept
}

function same(a: Box, b: Box): boolean {
  return iou(a, b) > SAME || within(a, b)
}

function within(inner: Box, outer: Box): boolean {
  return intersection(inner, outer) > WITHIN * area(inner)
}

function area(box: Box): number {
  return box[2] * box[3]
}

function wholePixels([x, y, w, h]: Box, width: number, height: number): Box {
  const left = Math.max(0, Math.round(x))
  const top = Math.max(0, Math.round(y))
  return [left, top, Math.min(width, Math.round(x + w)) - left, Math.min(height, Math.round(y + h)) - top]
}
