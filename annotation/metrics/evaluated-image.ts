import type { Box, LabelledField } from '../labelled-image.ts'

export interface GroundTruth {
  box: Box
  /** Absent where there is one class only. */
  label?: string
  /** Square pixels; the box's own area where absent. */
  area?: number
  /** Absorbs one detection that overlaps it by IoU, and is no miss. */
  ignore?: boolean
  /** Absorbs every detection that lies in it (overlap over the detection's own area), and is no miss. */
  crowd?: boolean
  touchesEdge?: boolean
}

export interface Detection {
  box: Box
  /** 0..1 */
  score: number
  label?: string
}

/** What is true and what was found in one image. */
export interface EvaluatedImage {
  groundTruth: readonly GroundTruth[]
  detections: readonly Detection[]
}

/**
 * Sets a labelled field beside what was found in it, as one class.
 * Boxes whose label `counts` refuses are left out; ignored boxes absorb whatever lies in them.
 */
export function evaluatedImage(
  field: LabelledField,
  detections: readonly Detection[],
  counts: (label: string) => boolean,
): EvaluatedImage {
  const groundTruth = field.boxes
    .filter((b) => counts(b.label))
    .map((b) => ({ box: b.box, crowd: b.ignore ?? false, touchesEdge: b.touchesEdge ?? false }))
  return { groundTruth, detections }
}
