import type { EvaluatedImage } from './evaluated-image.ts'
import { ignoredIn, labelsOf, matchScene, scenesOf } from './matching.ts'
import { ratio } from './ratio.ts'

interface Recall {
  total: number
  found: number
  /** 0..1; null where total is 0. */
  recall: number | null
}

export interface DetectionRates {
  truePositives: number
  falsePositives: number
  misses: number
  /** 0..1; null where nothing was detected. */
  precision: number | null
  /** 0..1; null where nothing is labelled. */
  recall: number | null
  /** 2TP / (2TP + FP + FN), 0..1; null where nothing is labelled and nothing was detected. */
  f1: number | null
  /** Cells cut by the image edge, and the others. */
  border: Recall
  inner: Recall
}

export interface RatesOptions {
  /** Detections below it do not count, 0..1. */
  score: number
  /** The least overlap of a hit, 0..1; .5 where absent. */
  iou?: number
}

/**
 * Precision and recall at one score threshold, matched as COCO does it, over all images and labels together.
 * Detections absorbed by ignored or crowd boxes count on neither side.
 */
export function detectionRates(
  images: readonly EvaluatedImage[],
  { score, iou = 0.5 }: RatesOptions,
): DetectionRates {
  const counted = images.map(({ groundTruth, detections }) => ({
    groundTruth,
    detections: detections.filter((d) => d.score >= score),
  }))
  const border = { total: 0, found: 0 }
  const inner = { total: 0, found: 0 }
  let falsePositives = 0
  for (const scene of labelsOf(counted).flatMap((label) => scenesOf(counted, label, Infinity))) {
    const ignored = ignoredIn(scene)
    const matches = matchScene(scene, iou, ignored)
    const found = new Set(matches)
    falsePositives += matches.filter((t) => t < 0).length
    scene.truths.forEach((truth, t) => {
      if (ignored[t]) return
      const place = truth.touchesEdge ? border : inner
      place.total++
      if (found.has(t)) place.found++
    })
  }
  const truePositives = border.found + inner.found
  const misses = border.total + inner.total - truePositives
  return {
    truePositives,
    falsePositives,
    misses,
    precision: ratio(truePositives, truePositives + falsePositives),
    recall: ratio(truePositives, truePositives + misses),
    f1: ratio(2 * truePositives, 2 * truePositives + falsePositives + misses),
    border: { ...border, recall: ratio(border.found, border.total) },
    inner: { ...inner, recall: ratio(inner.found, inner.total) },
  }
}
