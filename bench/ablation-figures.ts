import {
  COCO_IOUS,
  chooseThreshold,
  detectionRates,
  type EvaluatedImage,
  type RankedDetections,
  rankDetections,
  rankedPrecisions,
  timesOf,
  touchingErrors,
} from '../annotation/index.ts'
import { differencesOf, type EstimatesOf, estimatesOf, mean, ratio } from './ablation-resamples.ts'
import type { Run, RunInfo } from './ablation-runs.ts'

/** All shares, 0..1; recall and what follows at the threshold that was chosen on val. */
export const FIGURES = [
  ...['ap', 'ap50', 'ap75'],
  ...['recall', 'precision', 'borderRecall', 'mergedShare', 'splitShare'],
] as FigureName[]
export type FigureName =
  | 'ap'
  | 'ap50'
  | 'ap75'
  | 'recall'
  | 'precision'
  | 'borderRecall'
  | 'mergedShare'
  | 'splitShare'
export type Figures = Record<FigureName, number | null>
export type Estimates = EstimatesOf<FigureName>
export type Differences = { seeds: number; figures: Estimates }

/** AP needs a walk through all detections in each resample, the others only sums. */
const AP_RESAMPLES = 200
const MAX_DETECTIONS = 1000

/** Sums over one field. */
type Counts = Record<(typeof COUNTS)[number], number>
const COUNTS = [
  ...(['cells', 'hits', 'extras', 'borderCells', 'borderHits'] as const),
  ...(['merges', 'mergedCells', 'splitCells', 'splitExtras'] as const),
] as const

/** A run on the fields of test, ready to be resampled. */
export type Measured = {
  info: RunInfo
  /** Chosen on val. */
  threshold: number
  counts: Counts
  figures: Figures
  /** The figures on each of the resamples that all runs share; AP's are null after the first AP_RESAMPLES. */
  resampled: Figures[]
}

/** @param samples places of fields, the same for all runs, so that differences are of the same fields */
export function measureRun({ info, val, test }: Run, samples: readonly number[][]): Measured {
  const { threshold } = chooseThreshold(val)
  const ranked = rankDetections(test, COCO_IOUS, MAX_DETECTIONS)
  const counts = test.map((image) => countsAt(image, threshold))
  const whole = test.map((_, place) => place)
  return {
    info,
    threshold,
    counts: sumOf(counts, whole),
    figures: { ...precisions(ranked, whole), ...rates(counts, whole) },
    resampled: samples.map((sample, i) => ({
      ...(i < AP_RESAMPLES ? precisions(ranked, sample) : { ap: null, ap50: null, ap75: null }),
      ...rates(counts, sample),
    })),
  }
}

export const estimates = (runs: readonly Measured[]): Estimates => estimatesOf(runs, FIGURES)

export const differences = (a: readonly Measured[], b: readonly Measured[]): Differences | null =>
  differencesOf(a, b, FIGURES)

export function countsAt(image: EvaluatedImage, threshold: number): Counts {
  const { truePositives, falsePositives, border } = detectionRates([image], { score: threshold })
  return {
    hits: truePositives,
    extras: falsePositives,
    borderCells: border.total,
    borderHits: border.found,
    ...touchingErrors(image, threshold),
  }
}

export function rates(counts: readonly Counts[], sample: readonly number[]) {
  const sum = sumOf(counts, sample)
  return {
    recall: ratio(sum.hits, sum.cells),
    precision: ratio(sum.hits, sum.hits + sum.extras),
    borderRecall: ratio(sum.borderHits, sum.borderCells),
    mergedShare: ratio(sum.mergedCells, sum.cells),
    splitShare: ratio(sum.splitCells, sum.cells),
  }
}

function sumOf(counts: readonly Counts[], sample: readonly number[]): Counts {
  const sum = Object.fromEntries(COUNTS.map((name) => [name, 0])) as Counts
  for (const place of sample) for (const name of COUNTS) sum[name] += counts[place]![name]
  return sum
}

function precisions(ranked: RankedDetections, sample: readonly number[]) {
  const all = rankedPrecisions(ranked, timesOf(sample, ranked.positives.length))
  return { ap: mean(all), ap50: all[0]!, ap75: all[5]! }
}
