import {
  COCO_IOUS,
  chooseThreshold,
  detectionRates,
  type EvaluatedImage,
  percentileInterval,
  type RankedDetections,
  rankDetections,
  rankedPrecisions,
  resampledPlaces,
  timesOf,
  touchingErrors,
} from '../annotation/index.ts'
import type { Run, RunInfo } from './ablation-runs.ts'

/** All shares, 0..1; recall and what follows at the threshold that was chosen on val. */
export const FIGURES = [
  ...['ap', 'ap50', 'ap75'],
  ...['recall', 'precision', 'borderRecall', 'mergedShare', 'splitShare'],
] as const satisfies string[]
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
export type Estimate = { value: number; low: number; high: number }
export type Estimates = Record<FigureName, Estimate | null>
export type Differences = { seeds: number; figures: Estimates }

/** AP needs a walk through all detections in each resample, the others only sums. */
const AP_RESAMPLES = 200
const RESAMPLES = 1000
const MAX_DETECTIONS = 1000
/** Seeds are drawn apart from fields. */
const SEED_OF_SEEDS = 2

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

/** The resamples of so many fields. */
export const resamplesOf = (fields: number) => resampledPlaces(fields, { resamples: RESAMPLES })

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

/** Means over the seeds of a variant. Both fields and seeds are drawn anew: another training would differ, too. */
export function estimates(runs: readonly Measured[]): Estimates {
  return each((name) => {
    const value = mean(runs.map(({ figures }) => figures[name]))
    return estimate(value, resampledMeans(runs, name))
  })
}

/**
 * How much higher the means of `a` are than those of `b`, over the seeds that both have (a seed sees the same pictures in the
 * same order whatever the variant), on the same resampled fields and seeds. null: no seed in common.
 */
export function differences(a: readonly Measured[], b: readonly Measured[]): Differences | null {
  const [ours, theirs] = [a, b].map((runs, i) => {
    const others = new Set((i === 0 ? b : a).map(({ info }) => info.seed))
    return runs
      .filter(({ info }) => others.has(info.seed))
      .toSorted((one, other) => one.info.seed - other.info.seed)
  }) as [Measured[], Measured[]]
  if (ours.length === 0) return null
  const figures = each((name) => {
    const value = minus(
      mean(ours.map((run) => run.figures[name])),
      mean(theirs.map((run) => run.figures[name])),
    )
    const others = resampledMeans(theirs, name)
    return estimate(
      value,
      resampledMeans(ours, name).map((one, i) => minus(one, others[i]!)),
    )
  })
  return { seeds: ours.length, figures }
}

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

function resampledMeans(runs: readonly Measured[], name: FigureName): (number | null)[] {
  const seeds = resampledPlaces(runs.length, { resamples: RESAMPLES, seed: SEED_OF_SEEDS })
  return seeds.map((drawn, i) => mean(drawn.map((place) => runs[place]!.resampled[i]![name])))
}

export function estimate(value: number | null, resampled: readonly (number | null)[]): Estimate | null {
  const interval = percentileInterval(resampled)
  return value === null || interval === null ? null : { value, ...interval }
}

function each(of: (name: FigureName) => Estimate | null): Estimates {
  return Object.fromEntries(FIGURES.map((name) => [name, of(name as FigureName)])) as Estimates
}

function minus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b
}

function mean(values: readonly (number | null)[]): number | null {
  let sum = 0
  for (const value of values) {
    if (value === null) return null
    sum += value
  }
  return ratio(sum, values.length)
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
