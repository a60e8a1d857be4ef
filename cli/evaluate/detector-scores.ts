import {
  averagePrecisions,
  COCO_IOUS,
  type CurvePoint,
  type DetectionCounts,
  detectionCounts,
  detectionShares,
  duplicates,
  type EvaluatedImage,
  estimate,
  precisionRecallCurve,
  rankDetections,
  rankedPrecisions,
  sumCounts,
  timesOf,
} from '../../annotation/index.ts'
import type { FieldScores } from '../report/report.ts'

/** Fields may hold more cells than the 100 that COCO's headline looks at. */
const MAX_DETECTIONS = { maxDets: 1000 }
/** Each resample goes through all detections at ten overlaps. */
const AP_RESAMPLES = 200
const CURVE_POINTS = 300

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
  const counts = images.map((image) => detectionCounts(image, threshold))
  const sum = sumCounts(counts)
  const complete = labels === 'complete'
  const average = complete ? averages(images) : () => null
  return {
    source,
    images: images.length,
    cells: sum.cells,
    labels,
    ap: average('ap'),
    ap50: average('ap50'),
    ap75: average('ap75'),
    precision: complete ? share(counts, 'precision') : null,
    recall: share(counts, 'recall'),
    border: { cells: sum.borderCells, recall: share(counts, 'borderRecall') },
    touching: complete ? touching(counts) : null,
    duplicates: images.reduce((sum, image) => sum + duplicates(image, threshold), 0),
    curve: complete ? thinned(precisionRecallCurve(images, 0.5, MAX_DETECTIONS)) : null,
  }
}

function share(counts: readonly DetectionCounts[], name: keyof ReturnType<typeof detectionShares>) {
  return estimate(counts, (some) => detectionShares(some)[name])
}

/** Estimates of the average precisions; the images are matched once for all of them. */
function averages(images: readonly EvaluatedImage[]) {
  const ranked = rankDetections(images, COCO_IOUS, MAX_DETECTIONS.maxDets)
  const places = images.map((_, i) => i)
  return (name: 'ap' | 'ap50' | 'ap75') =>
    estimate(
      places,
      (sample) => averagePrecisions(rankedPrecisions(ranked, timesOf(sample, images.length)))[name],
      AP_RESAMPLES,
    )
}

function touching(counts: readonly DetectionCounts[]): FieldScores['touching'] {
  const { merges, mergedCells, splitCells, splitExtras } = sumCounts(counts)
  return {
    merged: { detections: merges, cells: mergedCells, share: share(counts, 'mergedShare') },
    split: { cells: splitCells, extras: splitExtras, share: share(counts, 'splitShare') },
  }
}

/** At most CURVE_POINTS of a curve, evenly chosen, with its last one. */
function thinned(curve: CurvePoint[]): CurvePoint[] {
  const step = Math.max(1, Math.ceil(curve.length / CURVE_POINTS))
  return curve.filter((_, i) => i % step === 0 || i === curve.length - 1)
}
