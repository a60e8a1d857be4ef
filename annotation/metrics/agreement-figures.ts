import type { LabelledBox, LabelledField } from '../labelled-image.ts'
import { COCO_IOUS } from './average-precision.ts'
import { type AgreedPair, type AgreementSide, type BoxAgreement, compareBoxes } from './box-agreement.ts'
import { mean, ratio } from './ratio.ts'

/** A field that was labelled twice, compared at each of `COCO_IOUS` (.50, .55 … .95). */
export type ComparedField = readonly BoxAgreement[]

/** @param proposals boxes from which both readers started, where they did */
export function compareField(
  a: LabelledField,
  b: LabelledField,
  proposals?: readonly LabelledBox[],
): ComparedField {
  return COCO_IOUS.map((threshold) => compareBoxes(a, b, threshold, proposals))
}

type Figure = (fields: readonly ComparedField[]) => number | null

/**
 * How far two labellings of the same fields agree, each 0..1; null where there is nothing to measure. Pairs are those of
 * IoU .5 and more where the name says nothing else.
 *
 * Those of `drawn` pairs leave out each pair of which one box or both are a proposal that was left as it was: such boxes say
 * nothing about how well two hands agree on where a cell ends.
 *
 * The average precisions take `b` as detections of `a`. It has no scores, so all its boxes count as equally sure and come
 * in at once: COCO's curve is one point, and its mean over 101 recalls is the precision for those that are reached and 0
 * beyond, independent of the order of fields and boxes. `best` is what they would be if scores put all pairs first: a
 * detector that draws boxes just as well lies between the two.
 */
export const AGREEMENT_FIGURES = {
  recallOfA: (fields) => recall(whole(fields, 0, 'a')),
  recallOfB: (fields) => recall(whole(fields, 0, 'b')),
  f1: (fields) => {
    const [a, b] = [whole(fields, 0, 'a'), whole(fields, 0, 'b')]
    return ratio(a.found + b.found, a.cells + b.cells)
  },
  meanIou: (fields) => mean(ious(fields)),
  medianIou: (fields) => median(ious(fields)),
  pairsFrom75: (fields) => share(ious(fields), 0.75),
  pairsFrom90: (fields) => share(ious(fields), 0.9),
  drawnMeanIou: (fields) => mean(drawn(fields)),
  drawnMedianIou: (fields) => median(drawn(fields)),
  drawnFrom75: (fields) => share(drawn(fields), 0.75),
  drawnFrom90: (fields) => share(drawn(fields), 0.9),
  ap50: (fields) => tiedAp(fields, 0),
  ap75: (fields) => tiedAp(fields, 5),
  ap: (fields) => mean(COCO_IOUS.map((_, at) => tiedAp(fields, at))),
  best50: (fields) => bestAp(fields, 0),
  best75: (fields) => bestAp(fields, 5),
  best: (fields) => mean(COCO_IOUS.map((_, at) => bestAp(fields, at))),
  borderRecallOfA: (fields) => recall(total(fields, 0, 'a', ['border'])),
  borderRecallOfB: (fields) => recall(total(fields, 0, 'b', ['border'])),
  borderMeanIou: (fields) => mean(ious(fields, ({ border }) => border)),
  innerRecallOfA: (fields) => recall(total(fields, 0, 'a', ['inner'])),
  innerRecallOfB: (fields) => recall(total(fields, 0, 'b', ['inner'])),
  innerMeanIou: (fields) => mean(ious(fields, ({ border }) => !border)),
} as const satisfies Record<string, Figure>

/** Sums over fields at IoU .5: cells that count and are found, and those absorbed. */
export function agreementCounts(fields: readonly ComparedField[], side: 'a' | 'b') {
  const absorbed = fields.reduce((sum, field) => sum + field[0]![side].absorbed, 0)
  return { ...whole(fields, 0, side), border: total(fields, 0, side, ['border']).cells, absorbed }
}

/** How many pairs there are at IoU .5, and how many of them both readers drew themselves. */
export function pairCounts(fields: readonly ComparedField[]) {
  return { pairs: ious(fields).length, drawn: drawn(fields).length }
}

/** @param at which of COCO_IOUS */
function total(
  fields: readonly ComparedField[],
  at: number,
  side: 'a' | 'b',
  places: (keyof Pick<AgreementSide, 'border' | 'inner'>)[],
) {
  const sum = { cells: 0, found: 0 }
  for (const field of fields) {
    for (const place of places) {
      sum.cells += field[at]![side][place].cells
      sum.found += field[at]![side][place].found
    }
  }
  return sum
}

function whole(fields: readonly ComparedField[], at: number, side: 'a' | 'b') {
  return total(fields, at, side, ['border', 'inner'])
}

function ious(
  fields: readonly ComparedField[],
  counts: (pair: AgreedPair) => boolean = () => true,
): number[] {
  return fields.flatMap((field) => field[0]!.pairs.filter(counts).map(({ iou }) => iou))
}

const drawn = (fields: readonly ComparedField[]) => ious(fields, (pair) => pair.drawn)

function tiedAp(fields: readonly ComparedField[], at: number): number | null {
  const best = bestAp(fields, at)
  return best === null ? null : best * (recall(whole(fields, at, 'b')) ?? 0)
}

/** The share of COCO's 101 recalls that are reached. */
function bestAp(fields: readonly ComparedField[], at: number): number | null {
  const reached = recall(whole(fields, at, 'a'))
  return reached === null
    ? null
    : Array.from({ length: 101 }, (_, i) => i * 0.01).filter((r) => r <= reached).length / 101
}

const recall = ({ cells, found }: { cells: number; found: number }) => ratio(found, cells)

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return mean(sorted.slice(Math.floor(middle), Math.ceil(middle) + 1))
}

function share(values: readonly number[], from: number): number | null {
  return ratio(values.filter((value) => value >= from).length, values.length)
}
