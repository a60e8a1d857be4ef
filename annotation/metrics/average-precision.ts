import type { EvaluatedImage } from './evaluated-image.ts'
import { labelsOf, matchScene, type Scene, scenesOf } from './matching.ts'
import { mean } from './ratio.ts'

/** Square pixels, both ends included. */
type AreaRange = readonly [from: number, to: number]

/** COCO's area ranges: 'small' to 32², 'medium' to 96². */
const AREA_RANGES = {
  all: [0, 1e10],
  small: [0, 32 ** 2],
  medium: [32 ** 2, 96 ** 2],
  large: [96 ** 2, 1e10],
} as const satisfies Record<string, AreaRange>

/** .50, .55 … .95, to the bit what numpy.linspace gives. */
export const COCO_IOUS: readonly number[] = Array.from({ length: 10 }, (_, i) =>
  i === 9 ? 0.95 : 0.5 + i * ((0.95 - 0.5) / 9),
)

const RECALL_POINTS = Array.from({ length: 101 }, (_, i) => i * 0.01)

/** All detections of one label over all images, best first. */
interface Ranking {
  scores: number[]
  hits: boolean[]
  /** Truths that should be found. */
  positives: number
}

export interface CocoOptions {
  /** Detections that count in each image and label, the best ones. COCO's headline is 100. */
  maxDets?: number
}

/** Each figure 0..1; null where nothing is labelled. */
export interface CocoMetrics {
  ap: number | null
  ap50: number | null
  ap75: number | null
  /** Mean over the IoU thresholds of the recall with `maxDets` detections an image. */
  ar: number | null
  byArea: Record<'small' | 'medium' | 'large', { ap: number | null; ar: number | null }>
}

export interface CurvePoint {
  /** Detections of this score and above count. */
  score: number
  precision: number
  recall: number
}

/**
 * COCO detection metrics (https://cocodataset.org/#detection-eval), as pycocotools computes them: IoU .50:.05:.95, 101
 * recall points, precision made monotone, mean over the labels that have ground truth.
 * Where scores are equal in several images, the order of `images` decides, as the image id does in pycocotools.
 */
export function cocoMetrics(images: readonly EvaluatedImage[], options: CocoOptions = {}): CocoMetrics {
  const labels = scenesByLabel(images, options)
  return {
    ...measure(labels, COCO_IOUS, AREA_RANGES.all),
    ap50: measure(labels, [COCO_IOUS[0]!], AREA_RANGES.all).ap,
    ap75: measure(labels, [COCO_IOUS[5]!], AREA_RANGES.all).ap,
    byArea: {
      small: measure(labels, COCO_IOUS, AREA_RANGES.small),
      medium: measure(labels, COCO_IOUS, AREA_RANGES.medium),
      large: measure(labels, COCO_IOUS, AREA_RANGES.large),
    },
  }
}

/**
 * Average precision, 0..1, by COCO's definition; null where nothing is labelled.
 *
 * @param ious the least overlap of a hit, 0..1; the mean over them where there are several
 */
export function averagePrecisionAt(
  images: readonly EvaluatedImage[],
  ious: number | readonly number[],
  options: CocoOptions = {},
): number | null {
  return measure(scenesByLabel(images, options), [ious].flat(), AREA_RANGES.all).ap
}

/**
 * Precision and recall (both 0..1) for every score that occurs, highest first, for a figure; labels are matched to their
 * like and counted together. Empty where nothing is labelled.
 */
export function precisionRecallCurve(
  images: readonly EvaluatedImage[],
  iou = 0.5,
  options: CocoOptions = {},
): CurvePoint[] {
  const rankings = scenesByLabel(images, options).map((scenes) => rank(scenes, iou, AREA_RANGES.all))
  const positives = rankings.reduce((sum, r) => sum + r.positives, 0)
  if (positives === 0) return []
  const all = rankings.flatMap((r) => r.scores.map((score, i) => ({ score, hit: r.hits[i]! })))
  all.sort((a, b) => b.score - a.score)
  const points: CurvePoint[] = []
  let hits = 0
  all.forEach(({ score, hit }, i) => {
    if (hit) hits++
    if (all[i + 1]?.score !== score)
      points.push({ score, precision: hits / (i + 1), recall: hits / positives })
  })
  return points
}

function scenesByLabel(images: readonly EvaluatedImage[], { maxDets = 100 }: CocoOptions): Scene[][] {
  return labelsOf(images).map((label) => scenesOf(images, label, maxDets))
}

/** Means over the thresholds and the labels that have ground truth in the area range. */
function measure(labels: readonly Scene[][], ious: readonly number[], area: AreaRange) {
  const rankings = labels
    .flatMap((scenes) => ious.map((threshold) => rank(scenes, threshold, area)))
    .filter((ranking) => ranking.positives > 0)
  return { ap: mean(rankings.map(averagePrecision)), ar: mean(rankings.map(finalRecall)) }
}

/** Detections that met an ignored truth, or met none and lie outside of the area range, are left out. */
function rank(scenes: readonly Scene[], threshold: number, [from, to]: AreaRange): Ranking {
  const ranked: { score: number; hit: boolean }[] = []
  let positives = 0
  const outside = (area: number) => area < from || area > to
  for (const scene of scenes) {
    const ignored = scene.truths.map(
      (t) => Boolean(t.ignore || t.crowd) || outside(t.area ?? t.box[2] * t.box[3]),
    )
    positives += ignored.filter((i) => !i).length
    const matches = matchScene(scene, threshold, ignored)
    scene.detections.forEach(({ score, box }, d) => {
      const truth = matches[d]!
      if (truth >= 0 ? ignored[truth] : outside(box[2] * box[3])) return
      ranked.push({ score, hit: truth >= 0 })
    })
  }
  ranked.sort((a, b) => b.score - a.score)
  return { scores: ranked.map((r) => r.score), hits: ranked.map((r) => r.hit), positives }
}

/** Mean over 101 recall points of the best precision at that recall or beyond. */
function averagePrecision({ hits, positives }: Ranking): number {
  const recall: number[] = []
  const precision: number[] = []
  let found = 0
  hits.forEach((hit, i) => {
    if (hit) found++
    recall.push(found / positives)
    precision.push(found / (i + 1))
  })
  for (let i = precision.length - 2; i >= 0; i--) {
    precision[i] = Math.max(precision[i]!, precision[i + 1]!)
  }
  let sum = 0
  let i = 0
  for (const point of RECALL_POINTS) {
    while (i < recall.length && recall[i]! < point) i++
    sum += precision[i] ?? 0
  }
  return sum / RECALL_POINTS.length
}

function finalRecall({ hits, positives }: Ranking): number {
  return hits.filter(Boolean).length / positives
}
