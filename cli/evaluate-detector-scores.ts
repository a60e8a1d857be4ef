import {
  averagePrecisionAt,
  type CurvePoint,
  detectionRates,
  type EvaluatedImage,
  precisionRecallCurve,
} from '../annotation/index.ts'
import { COCO_IOUS } from '../annotation/metrics/average-precision.ts'
import { estimate } from './evaluate-estimate.ts'
import type { FieldScores } from './report/report.ts'

/** Fields may hold more cells than the 100 that COCO's headline looks at. */
const MAX_DETECTIONS = { maxDets: 1000 }
/** Each resample ranks all detections anew, ten times for AP .50:.95. */
const AP_RESAMPLES = 200
const CURVE_POINTS = 300

/** Counts of one image at the shipped threshold. */
type Counts = { hits: number; extra: number; cells: number; borderHits: number; borderCells: number }

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
  const average = (ious: readonly number[]) =>
    complete ? estimate(images, (sample) => meanAp(sample, ious), AP_RESAMPLES) : null
  return {
    source,
    images: images.length,
    cells: total(counts, 'cells'),
    labels,
    ap: average(COCO_IOUS),
    ap50: average([0.5]),
    ap75: average([0.75]),
    precision: complete ? estimate(counts, (all) => share(total(all, 'hits'), total(all, 'extra'))) : null,
    recall: estimate(counts, (all) => ratio(total(all, 'hits'), total(all, 'cells'))),
    border: {
      cells: total(counts, 'borderCells'),
      recall: estimate(counts, (all) => ratio(total(all, 'borderHits'), total(all, 'borderCells'))),
    },
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
  }
}

function meanAp(images: readonly EvaluatedImage[], ious: readonly number[]): number | null {
  const each = ious.map((iou) => averagePrecisionAt(images, iou, MAX_DETECTIONS))
  return each.reduce(
    (sum: number | null, ap) => (sum === null || ap === null ? null : sum + ap / ious.length),
    0,
  )
}

/** At most CURVE_POINTS of a curve, evenly chosen, with its last one. */
function thinned(curve: CurvePoint[]): CurvePoint[] {
  const step = Math.max(1, Math.ceil(curve.length / CURVE_POINTS))
  return curve.filter((_, i) => i % step === 0 || i === curve.length - 1)
}

function total(counts: readonly Counts[], key: keyof Counts): number {
  return counts.reduce((sum, image) => sum + image[key], 0)
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

function share(part: number, others: number): number | null {
  return ratio(part, part + others)
}
