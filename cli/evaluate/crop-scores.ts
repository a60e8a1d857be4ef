import { estimate, type LabelledCrop } from '../../annotation/index.ts'
import { CELL_TYPES, isCellClass, NOT_IDENTIFIABLE } from '../../cytology/index.ts'
import type { CropScores } from '../report/report.ts'

/** A crop and the best score of the detections that are its centre cell; null where there is none. */
export type ScoredCrop = { crop: LabelledCrop; score: number | null }

/**
 * How many centre cells were found at a score threshold, by source.
 * @param scored the crops that were measured
 * @param all all crops, of which those that show no nucleated cell were not measured
 */
export function cropScores(
  scored: ScoredCrop[],
  all: readonly LabelledCrop[],
  threshold: number,
): CropScores[] {
  return [...Map.groupBy(scored, ({ crop }) => crop.source)].map(([source, crops]) => {
    const found = (some: readonly ScoredCrop[]) =>
      some.filter(({ score }) => (score ?? -1) >= threshold).length
    const ofClass = (name: string) => crops.filter(({ crop }) => crop.type === name)
    const named = crops.filter(({ crop }) => crop.type !== NOT_IDENTIFIABLE)
    const unnamed = ofClass(NOT_IDENTIFIABLE)
    return {
      source,
      crops: named.length,
      found: estimate(named, (sample) => (sample.length > 0 ? found(sample) / sample.length : null)),
      byClass: CELL_TYPES.map((name) => ({
        class: name,
        crops: ofClass(name).length,
        found: found(ofClass(name)),
      })).filter((row) => row.crops > 0),
      notIdentifiable: unnamed.length > 0 ? { crops: unnamed.length, found: found(unnamed) } : null,
      leftOut: all.filter((crop) => crop.source === source && !isCellClass(crop.type)).length,
    }
  })
}
