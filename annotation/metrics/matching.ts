import type { Detection, EvaluatedImage, GroundTruth } from './evaluated-image.ts'
import { iou, shareInside } from './overlap.ts'

/** One label of one image, ready to be matched at any threshold. */
export interface Scene {
  truths: readonly GroundTruth[]
  /** Best score first; equal scores keep their order. */
  detections: readonly Detection[]
  /** overlaps[d][t] between detection d and truth t. */
  overlaps: readonly (readonly number[])[]
}

/** The labels that occur in images, '' where a box has none. */
export function labelsOf(images: readonly EvaluatedImage[]): string[] {
  const boxes = images.flatMap((image) => [...image.groundTruth, ...image.detections])
  return [...new Set(boxes.map((box) => box.label ?? ''))]
}

/** The boxes of one label, the `maxDets` best detections of each image sorted by score. */
export function scenesOf(images: readonly EvaluatedImage[], label: string, maxDets: number): Scene[] {
  return images.map((image) => {
    const truths = image.groundTruth.filter((t) => (t.label ?? '') === label)
    const detections = image.detections
      .filter((d) => (d.label ?? '') === label)
      .sort((a, b) => b.score - a.score)
      .slice(0, maxDets)
    const overlaps = detections.map((d) =>
      truths.map((t) => (t.crowd ? shareInside(d.box, t.box) : iou(d.box, t.box))),
    )
    return { truths, detections, overlaps }
  })
}

/** Which truths are neither hit nor miss. */
export function ignoredIn({ truths }: Scene): boolean[] {
  return truths.map(({ ignore, crowd }) => Boolean(ignore || crowd))
}

/** An image as one class, its detections of `score` and above matched with the truths; `matches` as `matchScene` has them. */
export function matchedAt(image: EvaluatedImage, score: number, iou = 0.5) {
  const sure = image.detections.filter((detection) => detection.score >= score)
  const scene = scenesOf([{ ...image, detections: sure }], '', Number.POSITIVE_INFINITY)[0]!
  const ignored = ignoredIn(scene)
  return { ...scene, ignored, matches: matchScene(scene, iou, ignored) }
}

/**
 * COCO's greedy matching: each detection, best first, takes the free truth that it overlaps most, at least by `threshold`;
 * an ignored one only where no other fits. A crowd is never used up. Equal overlaps go to the later truth.
 *
 * @param ignored which truths are neither hit nor miss
 * @returns for each detection the index of its truth, or -1
 */
export function matchScene(scene: Scene, threshold: number, ignored: readonly boolean[]): number[] {
  const { truths, overlaps } = scene
  const indices = truths.map((_, t) => t)
  const order = [...indices.filter((t) => !ignored[t]), ...indices.filter((t) => ignored[t])]
  const taken = new Set<number>()
  return overlaps.map((row) => {
    let best = -1
    let bestOverlap = Math.min(threshold, 1 - 1e-10)
    for (const t of order) {
      if (taken.has(t) && !truths[t]!.crowd) continue
      if (best >= 0 && !ignored[best] && ignored[t]) break
      if (row[t]! < bestOverlap) continue
      best = t
      bestOverlap = row[t]!
    }
    if (best >= 0) taken.add(best)
    return best
  })
}
