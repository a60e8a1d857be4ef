import type { LabelledCrop } from '../labelled-image.ts'
import type { Detection } from './evaluated-image.ts'

/** A box wider or higher than this is no single cell, µm. */
const LARGEST_CELL = 30

/**
 * The best score of the detections that are the crop's centre cell: the box holds the crop's centre and is no larger
 * than a cell can be. Null where there is none. The labelled scale counts, whatever the pipeline took the scale to be.
 */
export function centreScore(
  { centre, umPerPixel }: LabelledCrop,
  detections: readonly Detection[],
): number | null {
  const [x, y] = centre
  const largest = LARGEST_CELL / umPerPixel
  const scores = detections
    .filter(({ box: [, , width, height] }) => Math.max(width, height) <= largest)
    .filter(({ box }) => x >= box[0] && x <= box[0] + box[2] && y >= box[1] && y <= box[1] + box[3])
    .map(({ score }) => score)
  return scores.length > 0 ? Math.max(...scores) : null
}
