import type { Box } from '../../vision/box.ts'
import { isNucleated, type LabelledBox, type LabelledField, touchesEdge } from '../labelled-image.ts'
import { iou, shareInside } from './overlap.ts'

/** The cells of one labelling that count, and those of them that the other labelling has too. */
interface Found {
  cells: number
  found: number
}

/** One labelling of a field as the other sees it. */
export interface AgreementSide {
  /** Cells that touch the border of the picture. */
  border: Found
  inner: Found
  /** Cells that lie in an ignored box of the other: neither found nor missed, and not in `border` or `inner`. */
  absorbed: number
}

/** A cell that both labellings have. */
export interface AgreedPair {
  /** 0..1 */
  iou: number
  /** The first labelling's box touches the border of the picture. */
  border: boolean
  /** Neither box is one of the proposals that both readers saw. */
  drawn: boolean
}

/** Two labellings of a field, compared at one overlap. */
export interface BoxAgreement {
  pairs: AgreedPair[]
  a: AgreementSide
  b: AgreementSide
}

/**
 * Compares the boxes of two labellings of one field; their types are not compared, red cells and platelets are left out.
 *
 * Pairs are made of the largest overlap first, each box in one pair at most: neither labelling has scores that could say
 * which box chooses first, and this way it makes no difference which one is called `a`.
 *
 * @param threshold the least IoU of a pair, and the least share of an unpaired cell in an ignored box that absorbs it, 0..1
 * @param proposals boxes from which both readers started
 */
export function compareBoxes(
  a: LabelledField,
  b: LabelledField,
  threshold: number,
  proposals: readonly LabelledBox[] = [],
): BoxAgreement {
  const [ours, theirs] = [partsOf(a), partsOf(b)]
  const pairs = paired(ours.cells, theirs.cells, threshold)
  const side = (cells: Box[], found: Set<number>, ignored: Box[]): AgreementSide => {
    const sums = { border: { cells: 0, found: 0 }, inner: { cells: 0, found: 0 }, absorbed: 0 }
    cells.forEach((box, i) => {
      if (!found.has(i) && ignored.some((region) => shareInside(box, region) >= threshold)) {
        sums.absorbed++
        return
      }
      const place = touchesEdge(box, a.width, a.height) ? sums.border : sums.inner
      place.cells++
      if (found.has(i)) place.found++
    })
    return sums
  }
  return {
    pairs: pairs.map((pair) => {
      const [one, other] = [ours.cells[pair.a]!, theirs.cells[pair.b]!]
      return {
        iou: pair.iou,
        border: touchesEdge(one, a.width, a.height),
        drawn: !isAmong(one, proposals) && !isAmong(other, proposals),
      }
    }),
    a: side(ours.cells, new Set(pairs.map((pair) => pair.a)), theirs.ignored),
    b: side(theirs.cells, new Set(pairs.map((pair) => pair.b)), ours.ignored),
  }
}

function isAmong(box: Box, proposals: readonly LabelledBox[]): boolean {
  return proposals.some((proposal) => proposal.box.every((value, i) => value === box[i]))
}

function partsOf({ boxes }: LabelledField): { cells: Box[]; ignored: Box[] } {
  const nucleated = boxes.filter(({ label }) => isNucleated(label))
  return {
    cells: nucleated.filter(({ ignore }) => !ignore).map(({ box }) => box),
    ignored: nucleated.filter(({ ignore }) => ignore).map(({ box }) => box),
  }
}

function paired(ours: Box[], theirs: Box[], threshold: number): { a: number; b: number; iou: number }[] {
  const candidates = ours
    .flatMap((box, a) => theirs.map((other, b) => ({ a, b, iou: iou(box, other) })))
    .filter((pair) => pair.iou >= threshold)
    .sort((p, q) => q.iou - p.iou)
  const taken = { a: new Set<number>(), b: new Set<number>() }
  return candidates.filter(({ a, b }) => {
    if (taken.a.has(a) || taken.b.has(b)) return false
    taken.a.add(a)
    taken.b.add(b)
    return true
  })
}
