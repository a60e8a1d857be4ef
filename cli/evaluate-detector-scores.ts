import {
  COCO_IOUS,
  type CurvePoint,
  detectionRates,
  duplicates,
  type EvaluatedImage,
  precisionRecallCurve,
  rankDetections,
  rankedPrecisions,
  sumTouching,
  type TouchingErrors,
  timesOf,
  touchingErrors,
} from '../annotation/index.ts'
import { estimate } from './evaluate-estimate.ts'
import type { FieldScores } from './report/report.ts'

/** Fields may hold more cells than the 100 that COCO's headline looks at. */
const MAX_DETECTIONS = { maxDets: 1000 }
/** Each resample goes through all detections at ten overlaps. */
const AP_RESAMPLES = 200
const CURVE_POINTS = 300

/** Counts of one image at the shipped threshold. */
type Counts = {
  hits: number
  extra: number
  cells: number
  borderHits: number
  borderCells: number
  touching: TouchingErrors
}

/**
 * The figures of one source, or of several together.
 * @param images with all detections, also those below the threshold
 * @param threshold the shipped score threshold, 0..1
 * @param labels 'partial' where some nucleated cells are unlabelled: then only recall is given
 */
export function fieldScores(
  source: string,
  images: EvaluatedImage[],
  threshold: number,
  labels: FieldScores['labels'],
): FieldScores {
  const counts = images.map((image) => countsAt(image, threshold))
  const complete = labels === 'complete'
  const average = complete ? averages(images) : () => null
  return {
    source,
    images: images.length,
    cells: total(counts, 'cells'),
    labels,
    ap: average(meanOf),
    ap50: average((each) => each[0]!),
    ap75: average((each) => each[5]!),
    precision: complete ? estimate(counts, (all) => share(total(all, 'hits'), total(all, 'extra'))) : null,
    recall: estimate(counts, (all) => ratio(total(all, 'hits'), total(all, 'cells'))),
    border: {
      cells: total(counts, 'borderCells'),
      recall: estimate(counts, (all) => ratio(total(all, 'borderHits'), total(all, 'borderCells'))),
    },
    touching: complete ? touching(counts) : null,
    duplicates: images.reduce((sum, image) => sum + duplicates(image, threshold), 0),
    curve: complete ? thinned(precisionRecallCurve(images, 0.5, MAX_DETECTIONS)) : null,
  }
}

function countsAt(image: EvaluatedImage, threshold: number): Counts {
  const { truePositives, falsePositives, misses, border } = detectionRates([image], { score: threshold })
  return {
    hits: truePositives,
    extra: falsePositives,
    cells: truePositives + misses,
    borderHits: border.found,
    borderCells: border.total,
    touching: touchingErrors(image, threshold),
  }
}

/** Estimates of figures that are made of the AP at each of `COCO_IOUS`; the images are matched once for all of them. */
function averages(images: readonly EvaluatedImage[]) {
  const ranked = rankDetections(images, COCO_IOUS, MAX_DETECTIONS.maxDets)
  const places = images.map((_, i) => i)
  return (figure: (each: (number | null)[]) => number | null) =>
    estimate(
      places,
      (sample) => figure(rankedPrecisions(ranked, timesOf(sample, images.length))),
      AP_RESAMPLES,
    )
}

function meanOf(each: readonly (number | null)[]): number | null {
  return each.reduce((sum, ap) => (sum === null || ap === null ? null : sum + ap / each.length), 0)
}

function touching(counts: readonly Counts[]): FieldScores['touching'] {
  const errors = counts.map((image) => image.touching)
  const { merges, mergedCells, splitCells, splitExtras } = sumTouching(errors)
  const shareOf = (key: 'mergedCells' | 'splitCells') =>
    estimate(errors, (all) => {
      const sum = sumTouching(all)
      return ratio(sum[key], sum.cells)
    })
  return {
    merged: { detections: merges, cells: mergedCells, share: shareOf('mergedCells') },
    split: { cells: splitCells, extras: splitExtras, share: shareOf('splitCells') },
  }
}

/** At most CURVE_POINTS of a curve, evenly chosen, with its last one. */
function thinned(curve: CurvePoint[]): CurvePoint[] {
  const step = Math.max(1, Math.ceil(curve.length / CURVE_POINTS))
  return curve.filter((_, i) => i % step === 0 || i === curve.length - 1)
}

function total(counts: readonly Counts[], key: Exclude<keyof Counts, 'touching'>): number {
  return counts.reduce((sum, image) => sum + image[key], 0)
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

function share(part: number, others: number): number | null {
  return ratio(part, part + others)
}
