import { boxCentre, iou, matchedAt } from '../../annotation/index.ts'
import type { DetectionMistake } from '../report/report.ts'
import type { MeasuredField } from './answers.ts'
import type { ScoredCrop } from './crop-scores.ts'

/** Mistakes of a kind that are shown of each source. */
const SHOWN = 18
const IOU = 0.5

/** The cells that a detector missed in a field at a score threshold, and what it found that is none. */
export function fieldMistakes(
  { field, umPerPixel, image }: MeasuredField,
  threshold: number,
): DetectionMistake[] {
  const { truths, detections, ignored, matches } = matchedAt(image, threshold, IOU)
  const common = { source: field.source, file: field.file, umPerPixel }
  const missed = truths
    .filter((_, t) => !ignored[t] && !matches.includes(t))
    .map(({ box }): DetectionMistake => {
      const near = image.detections.filter(
        (detection) => detection.score < threshold && iou(detection.box, box) >= IOU,
      )
      const score = near.length > 0 ? Math.max(...near.map((detection) => detection.score)) : null
      return { ...common, kind: 'missed', box, centre: boxCentre(box), score }
    })
  const extra = detections
    .filter((_, d) => matches[d]! < 0)
    .map(
      ({ box, score }): DetectionMistake => ({
        ...common,
        kind: 'extra',
        box,
        centre: boxCentre(box),
        score,
      }),
    )
  return field.partial ? missed : [...missed, ...extra]
}

/** The crops whose centre cell was not found at a score threshold. */
export function cropMistakes(crops: readonly ScoredCrop[], threshold: number): DetectionMistake[] {
  return crops
    .filter(({ score }) => (score ?? -1) < threshold)
    .map(({ crop: { source, file, umPerPixel, centre }, score }) => {
      return { kind: 'missed', source, file, umPerPixel, box: null, centre, score }
    })
}

/** The worst mistakes of each source and kind: cells that were furthest from being found, and the surest wrong finds. */
export function worst(mistakes: readonly DetectionMistake[]): DetectionMistake[] {
  const badness = ({ kind, score }: DetectionMistake) => (kind === 'missed' ? -(score ?? -1) : score!)
  return [...Map.groupBy(mistakes, ({ source, kind }) => `${kind} ${source}`).values()].flatMap((group) =>
    group.sort((a, b) => badness(b) - badness(a)).slice(0, SHOWN),
  )
}
