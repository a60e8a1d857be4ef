import {
  averagePrecisions,
  COCO_IOUS,
  chooseThreshold,
  type DetectionCounts,
  detectionCounts,
  detectionShares,
  differencesOf,
  type EstimatesOf,
  estimatesOf,
  type RankedDetections,
  rankDetections,
  rankedPrecisions,
  sumCounts,
  timesOf,
} from '../../annotation/index.ts'
import type { Run, RunInfo } from './runs.ts'

/** All shares, 0..1; recall and what follows at the threshold that was chosen on val. */
const FIGURES = [
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
type Figures = Record<FigureName, number | null>
export type Estimates = EstimatesOf<FigureName>
export type Differences = { seeds: number; figures: Estimates }

/** AP needs a walk through all detections in each resample, the others only sums. */
const AP_RESAMPLES = 200
const MAX_DETECTIONS = 1000

/** A run on the fields of test, ready to be resampled. */
export type Measured = {
  info: RunInfo
  /** Chosen on val. */
  threshold: number
  counts: DetectionCounts
  figures: Figures
  /** The figures on each of the resamples that all runs share; AP's are null after the first AP_RESAMPLES. */
  resampled: Figures[]
}

/** @param samples places of fields, the same for all runs, so that differences are of the same fields */
export function measureRun({ info, val, test }: Run, samples: readonly number[][]): Measured {
  const { threshold } = chooseThreshold(val)
  const ranked = rankDetections(test, COCO_IOUS, MAX_DETECTIONS)
  const counts = test.map((image) => detectionCounts(image, threshold))
  const whole = test.map((_, place) => place)
  return {
    info,
    threshold,
    counts: sumCounts(counts),
    figures: { ...precisions(ranked, whole), ...detectionShares(counts) },
    resampled: samples.map((sample, i) => ({
      ...(i < AP_RESAMPLES ? precisions(ranked, sample) : { ap: null, ap50: null, ap75: null }),
      ...detectionShares(sample.map((place) => counts[place]!)),
    })),
  }
}

export const estimates = (runs: readonly Measured[]): Estimates => estimatesOf(runs, FIGURES)

export const differences = (a: readonly Measured[], b: readonly Measured[]): Differences | null =>
  differencesOf(a, b, FIGURES)

function precisions(ranked: RankedDetections, sample: readonly number[]) {
  return averagePrecisions(rankedPrecisions(ranked, timesOf(sample, ranked.positives.length)))
}
