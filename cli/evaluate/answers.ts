/** What the networks answered to labelled images, before it is counted. */
import type { EvaluatedImage, LabelledField } from '../../annotation/index.ts'
import type { CellClass } from '../../cytology/index.ts'

export type MeasuredField = { field: LabelledField; umPerPixel: number; image: EvaluatedImage }

/** One labelled cell and what the recogniser said. */
export type Answered = {
  source: string
  file: string
  /** A cell class, or what a source calls things that are no nucleated cell, e.g. 'platelet'. */
  truth: string
  predicted: CellClass
  /** Of the answer, 0..1. */
  confidence: number
}
