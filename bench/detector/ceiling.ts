import {
  AGREEMENT_FIGURES,
  compareField,
  detectionCounts,
  detectionShares,
  type Estimate,
  estimateOf,
  evaluatedImage,
  iou,
  isNucleated,
  type LabelledField,
  resamplesOf,
  shareInside,
  stem,
} from '../../annotation/index.ts'
import type { FigureName } from './figures.ts'

export type Ceiling = {
  fields: number
  figures: Record<FigureName, Estimate | null>
  /** What the AP would be if scores put all pairs first. */
  best: Record<'ap' | 'ap50' | 'ap75', number | null>
}

/**
 * A second reader's labels as detections of the first's, as `label agree` compares them: without scores, so that all boxes
 * come in at once, and a cell in an ignored box of the other counts for neither.
 */
export function ceiling(first: readonly LabelledField[], second: readonly LabelledField[]): Ceiling | null {
  const again = new Map(second.map((field) => [stem(field.file), field]))
  const pairs = first.flatMap((a) => {
    const b = again.get(stem(a.file))
    return b ? [{ a, b }] : []
  })
  if (pairs.length === 0) return null
  const compared = pairs.map(({ a, b }) => compareField(a, b))
  const touching = pairs.map(({ a, b }) => detectionCounts(asDetections(a, b), 0))
  const samples = resamplesOf(pairs.length)
  const of = (statistic: (fields: typeof compared) => number | null) =>
    estimateOf(
      statistic(compared),
      samples.map((sample) => statistic(sample.map((place) => compared[place]!))),
    )
  const share = (name: 'mergedShare' | 'splitShare') =>
    estimateOf(
      detectionShares(touching)[name],
      samples.map((sample) => detectionShares(sample.map((place) => touching[place]!))[name]),
    )
  const { ap, ap50, ap75, recallOfA, recallOfB, borderRecallOfA, best, best50, best75 } = AGREEMENT_FIGURES
  return {
    fields: pairs.length,
    figures: {
      ...{ ap: of(ap), ap50: of(ap50), ap75: of(ap75) },
      ...{ recall: of(recallOfA), precision: of(recallOfB), borderRecall: of(borderRecallOfA) },
      ...{ mergedShare: share('mergedShare'), splitShare: share('splitShare') },
    },
    best: { ap: best(compared), ap50: best50(compared), ap75: best75(compared) },
  }
}

function asDetections(a: LabelledField, b: LabelledField) {
  const ignored = b.boxes.filter(({ ignore }) => ignore)
  const cells = b.boxes.filter(({ label, ignore }) => isNucleated(label) && !ignore)
  const image = evaluatedImage(
    a,
    cells.map(({ box }) => ({ box, score: 1 })),
    isNucleated,
  )
  // What the second reader boxed as well is a cell, whatever else lies there.
  const groundTruth = image.groundTruth.map((truth) =>
    !cells.some(({ box }) => iou(truth.box, box) >= 0.5) &&
    ignored.some(({ box }) => shareInside(truth.box, box) >= 0.5)
      ? { ...truth, crowd: true }
      : truth,
  )
  return { ...image, groundTruth }
}
