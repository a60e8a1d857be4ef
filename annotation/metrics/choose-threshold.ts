import type { EvaluatedImage } from './evaluated-image.ts'
import { scoredHits } from './score-calibration.ts'

/** A missed cell has to be searched for and drawn; an extra detection goes with one key. */
export const MISS_COST = 3

export interface ChosenThreshold {
  /** Detections of this score and above count, 0..1. */
  threshold: number
  misses: number
  extras: number
  /** Labelled cells that count. */
  cells: number
  /** missCost · misses + extras */
  cost: number
}

/**
 * The score threshold with the least cost on images, a missed cell costing as much as `missCost` extra detections; of equal
 * ones the highest. It lies in the middle between the last detection that counts and the next that does not, so that a score
 * that is a hair lower on another machine still counts. A hit is an IoU of .5 as COCO matches it; what ignored boxes absorb costs
 * nothing. COCO's matching takes the best score first, so the matches above a threshold are the first ones of all matches.
 *
 * Choose it on images that are for tuning, never on those that the figures come from.
 */
export function chooseThreshold(images: readonly EvaluatedImage[], missCost = MISS_COST): ChosenThreshold {
  const { scored, cells } = scoredHits(images)
  const next = (kept: number) => scored[kept]?.score ?? scored.at(-1)?.score ?? 1
  let best: ChosenThreshold = {
    threshold: (1 + next(0)) / 2,
    misses: cells,
    extras: 0,
    cells,
    cost: missCost * cells,
  }
  let [misses, extras] = [cells, 0]
  scored.forEach(({ score, hit }, i) => {
    if (hit) misses--
    else extras++
    if (scored[i + 1]?.score === score) return
    const cost = missCost * misses + extras
    if (cost < best.cost) best = { threshold: (score + next(i + 1)) / 2, misses, extras, cells, cost }
  })
  return best
}
