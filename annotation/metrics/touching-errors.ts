import type { Box } from '../labelled-image.ts'
import type { EvaluatedImage } from './evaluated-image.ts'
import { matchedAt } from './matching.ts'
import { iou, shareInside } from './overlap.ts'

/** The overlap of a hit, and the least share of a cell in a detection, or of a detection in a cell, that is 'mostly'. */
const HALF = 0.5

/** Mistakes that a detector makes where cells touch, in one image or summed over several. */
export interface TouchingErrors {
  /** Labelled cells that count. */
  cells: number
  /** Detections that stand for two or more cells. */
  merges: number
  /** Cells in such a detection that no other detection finds. */
  mergedCells: number
  /** Cells that are found in two or more pieces. */
  splitCells: number
  /** Pieces beyond the first of each split cell. */
  splitExtras: number
}

/**
 * Counts cells that were taken together and cells that were taken apart, among the detections of `score` and above.
 * A hit is an IoU of .5 as COCO matches it. Ignored boxes, and the detections that they absorb, take no part.
 *
 * **Merged**: a detection that holds at least half of the area of each of two cells, one of which has no hit, and that fits
 * the box around both (IoU) better than it fits either cell alone. The last part leaves out a good box of one cell whose
 * missed neighbour's box overlaps it: that is a plain miss.
 *
 * **Split**: a cell with two or more pieces. A piece is the cell's own hit, or a detection that is no cell's hit and no merge
 * and lies with at least half of its own area in this cell (in the one that holds most of it, where there are several).
 * So a cell with a hit and one more detection in it is split, and so is a cell without a hit in which two halves lie.
 */
export function touchingErrors(image: EvaluatedImage, score: number): TouchingErrors {
  const { truths, detections, ignored, matches } = matchedAt(image, score, HALF)
  const cells = truths.flatMap(({ box }, t) =>
    ignored[t] ? [] : [{ box, hitBy: matches.indexOf(t), pieces: matches.includes(t) ? 1 : 0 }],
  )
  const merged = new Set<unknown>()
  let merges = 0
  detections.forEach(({ box }, d) => {
    if (ignored[matches[d]!]) return
    const covered = cells.filter((cell) => shareInside(cell.box, box) >= HALF)
    if (isMerge(box, covered)) {
      merges++
      for (const cell of covered) if (cell.hitBy < 0 || cell.hitBy === d) merged.add(cell)
    } else if (matches[d]! < 0) {
      const holder = cells
        .map((cell) => ({ cell, share: shareInside(box, cell.box) }))
        .reduce((most, one) => (one.share > most.share ? one : most), { cell: undefined, share: 0 } as Holder)
      if (holder.cell && holder.share >= HALF) holder.cell.pieces++
    }
  })
  const split = cells.filter(({ pieces }) => pieces > 1)
  return {
    cells: cells.length,
    merges,
    mergedCells: merged.size,
    splitCells: split.length,
    splitExtras: split.reduce((sum, { pieces }) => sum + pieces - 1, 0),
  }
}

interface Cell {
  box: Box
  /** Which detection is its hit; -1 where none is. */
  hitBy: number
  pieces: number
}
type Holder = { cell: Cell | undefined; share: number }

function isMerge(box: Box, covered: readonly Cell[]): boolean {
  return covered.some(
    (missed) =>
      missed.hitBy < 0 &&
      covered.some(
        (other) =>
          other !== missed &&
          iou(box, around(missed.box, other.box)) > Math.max(iou(box, missed.box), iou(box, other.box)),
      ),
  )
}

/** The smallest box that holds both. */
function around(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a[0], b[0]), Math.min(a[1], b[1])]
  return [x, y, Math.max(a[0] + a[2], b[0] + b[2]) - x, Math.max(a[1] + a[3], b[1] + b[3]) - y]
}

/** Pairs of detections of `score` and above that overlap by more than `most` (IoU): none are left after suppression. */
export function duplicates({ detections }: EvaluatedImage, score: number, most = 0.5): number {
  const sure = detections.filter((detection) => detection.score >= score)
  return sure.reduce(
    (pairs, one, i) => pairs + sure.slice(i + 1).filter((other) => iou(one.box, other.box) > most).length,
    0,
  )
}
