import { detectionRates } from './detection-rates.ts'
import type { EvaluatedImage } from './evaluated-image.ts'
import { ratio } from './ratio.ts'
import { touchingErrors } from './touching-errors.ts'

const COUNTS = [
  ...(['cells', 'hits', 'extras', 'borderCells', 'borderHits'] as const),
  ...(['merges', 'mergedCells', 'splitCells', 'splitExtras'] as const),
] as const

/**
 * What was found at a score threshold in one image, or in several together, as one class: the cells that count, those that
 * were hit and detections that are no cell; the same of cells that the image cuts; and what `touchingErrors` counts.
 */
export type DetectionCounts = Record<(typeof COUNTS)[number], number>

/** The counts of an image among the detections of `score` and above; a hit is an IoU of .5 as COCO matches it. */
export function detectionCounts(image: EvaluatedImage, score: number): DetectionCounts {
  const { truePositives, falsePositives, border } = detectionRates([image], { score })
  return {
    hits: truePositives,
    extras: falsePositives,
    borderCells: border.total,
    borderHits: border.found,
    ...touchingErrors(image, score),
  }
}

export function sumCounts(counts: readonly DetectionCounts[]): DetectionCounts {
  const sum = Object.fromEntries(COUNTS.map((name) => [name, 0])) as DetectionCounts
  for (const one of counts) for (const name of COUNTS) sum[name] += one[name]
  return sum
}

/** Shares over images, 0..1: cells found, detections that are cells, cells at the border found, cells merged and split. */
export function detectionShares(counts: readonly DetectionCounts[]) {
  const sum = sumCounts(counts)
  return {
    recall: ratio(sum.hits, sum.cells),
    precision: ratio(sum.hits, sum.hits + sum.extras),
    borderRecall: ratio(sum.borderHits, sum.borderCells),
    mergedShare: ratio(sum.mergedCells, sum.cells),
    splitShare: ratio(sum.splitCells, sum.cells),
  }
}
