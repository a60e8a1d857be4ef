import type { EvaluatedImage } from './evaluated-image.ts'
import { ignoredIn, matchScene, scenesOf } from './matching.ts'
import { mean } from './ratio.ts'

/** What a detection is at one overlap. */
const HIT = 1
const EXTRA = 0
const LEFT_OUT = -1

const RECALL_POINTS = Array.from({ length: 101 }, (_, i) => i * 0.01)

/** The detections of images as one class, matched once, best score first, so that resamples need no matching. */
export interface RankedDetections {
  /** Least overlaps of a hit, 0..1. */
  ious: readonly number[]
  scores: readonly number[]
  /** Which image each detection is of. */
  images: readonly number[]
  /** status[i][d]: whether detection d is a hit at ious[i], an extra, or absorbed by an ignored box and left out. */
  status: readonly (readonly number[])[]
  /** Cells of each image that should be found. */
  positives: readonly number[]
}

/** @param maxDets detections that count in each image, the best ones */
export function rankDetections(
  images: readonly EvaluatedImage[],
  ious: readonly number[],
  maxDets: number,
): RankedDetections {
  const all: { score: number; image: number; status: number[] }[] = []
  const positives = scenesOf(images, '', maxDets).map((scene, image) => {
    const ignored = ignoredIn(scene)
    const matches = ious.map((iou) => matchScene(scene, iou, ignored))
    scene.detections.forEach(({ score }, d) => {
      const status = matches.map((match) => (match[d]! < 0 ? EXTRA : ignored[match[d]!] ? LEFT_OUT : HIT))
      all.push({ score, image, status })
    })
    return ignored.filter((is) => !is).length
  })
  all.sort((a, b) => b.score - a.score)
  return {
    ious,
    scores: all.map(({ score }) => score),
    images: all.map(({ image }) => image),
    status: ious.map((_, i) => all.map(({ status }) => status[i]!)),
    positives,
  }
}

/**
 * COCO's average precision at each overlap (as `averagePrecisionAt` has it for one class), 0..1; null where nothing is
 * labelled.
 *
 * @param times how often each image is in the sample; once where absent
 */
export function rankedPrecisions(
  { status, images, positives }: RankedDetections,
  times: readonly number[] = positives.map(() => 1),
): (number | null)[] {
  const cells = positives.reduce((sum, count, image) => sum + count * times[image]!, 0)
  return status.map((ofIou) => {
    if (cells === 0) return null
    const recall: number[] = []
    const precision: number[] = []
    let [found, seen] = [0, 0]
    ofIou.forEach((what, d) => {
      const weight = times[images[d]!]!
      if (what === LEFT_OUT || weight === 0) return
      seen += weight
      if (what !== HIT) return
      found += weight
      recall.push(found / cells)
      precision.push(found / seen)
    })
    for (let i = precision.length - 2; i >= 0; i--) {
      precision[i] = Math.max(precision[i]!, precision[i + 1]!)
    }
    let [sum, at] = [0, 0]
    for (const point of RECALL_POINTS) {
      while (at < recall.length && recall[at]! < point) at++
      sum += precision[at] ?? 0
    }
    return sum / RECALL_POINTS.length
  })
}

/** How often each of `count` images is in a sample of their places. */
export function timesOf(sample: readonly number[], count: number): number[] {
  const times = new Array<number>(count).fill(0)
  for (const place of sample) times[place]!++
  return times
}

/** AP .50:.95, AP50 and AP75 of the precisions at each of `COCO_IOUS`. */
export function averagePrecisions(each: readonly (number | null)[]) {
  return { ap: mean(each), ap50: each[0]!, ap75: each[5]! }
}
