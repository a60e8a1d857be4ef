import type { Box, CurvePoint, Estimate, ReliabilityBin } from '../../annotation/index.ts'
import type { CellClass, CellType, Lineage } from '../../cytology/index.ts'

/** What makes a report repeatable: who was measured, on what, by which command. */
export type Provenance = {
  command: string
  /** ISO 8601, UTC */
  date: string
  data: string
  split: string
  /** The table whose images alone were measured. */
  only?: string
  /** Whether the labelled data's µm per pixel was given to the pipeline or the pipeline's own estimate was used. */
  scale: 'given' | 'estimated'
  model: { name: string; version: string; sha256: string }
  /** Images that could not be measured; they are in no figure. */
  failures: { file: string; code: string; message: string }[]
}

/** Detection in labelled fields. Figures that the labels do not support are null. */
export type FieldScores = {
  source: string
  images: number
  cells: number
  /** 'complete': every nucleated cell is labelled. 'partial': only some are, so that only recall has a meaning. */
  labels: 'complete' | 'partial'
  ap: Estimate | null
  ap50: Estimate | null
  ap75: Estimate | null
  /** At the shipped score threshold, IoU 0.5. */
  precision: Estimate | null
  recall: Estimate | null
  border: { cells: number; recall: Estimate | null }
  /**
   * Cells that were taken together and taken apart, as `touchingErrors` counts them; shares are of all cells: those in a
   * merged detection that no other finds, and those in several pieces. Null where the labels are partial.
   */
  touching: {
    merged: { detections: number; cells: number; share: Estimate | null }
    split: { cells: number; extras: number; share: Estimate | null }
  } | null
  /** Pairs of detections above the threshold with an IoU above 0.5; suppression leaves none. */
  duplicates: number
  /** At IoU 0.5, over all scores. */
  curve: CurvePoint[] | null
}

/** Detection in crops that are centred on one cell and have no boxes. */
export type CropScores = {
  source: string
  crops: number
  /** Share of crops whose centre cell was found. */
  found: Estimate | null
  byClass: { class: CellClass; crops: number; found: number }[]
  /** Crops of cells that nobody could name; in none of the figures above. */
  notIdentifiable: { crops: number; found: number } | null
  /** Crops left out because they show no nucleated cell. */
  leftOut: number
}

/** A labelled cell that was not found (score: the best one below the threshold, if any), or a find that is no labelled cell. */
export type DetectionMistake = {
  kind: 'missed' | 'extra'
  source: string
  file: string
  /** In image pixels; null for the middle of a crop without boxes. */
  box: Box | null
  /** In image pixels. */
  centre: readonly [x: number, y: number]
  score: number | null
  umPerPixel: number
}

export type DetectorReport = Provenance & {
  what: 'detector'
  scoreThreshold: number
  /** All images with complete labels together; null where there are none. */
  overall: FieldScores | null
  fields: FieldScores[]
  crops: CropScores[]
  mistakes: DetectionMistake[]
  /** Where one was asked for. */
  choice?: ThresholdChoice
}

/** The score threshold that costs least on these images, and what makes a score the probability of a cell. */
export type ThresholdChoice = {
  /** A missed cell costs as much as so many extra detections. */
  missCost: number
  /** On the scale of the network's own scores, and as a probability: the one for a card with this calibration. */
  rawThreshold: number
  threshold: number
  misses: number
  extras: number
  cells: number
  /** On the logit of the network's own score; null where hits and extras cannot be told apart by it. */
  calibration: { slope: number; offset: number } | null
  /** Expected calibration error of the detections that were fitted on, 0..1, as they are now and with this calibration. */
  ece: { before: number; after: number } | null
  /** The same, of the detections above the chosen threshold alone: most of the others are hardly ever a cell. */
  eceAbove: { before: number; after: number } | null
  /** Detections that were fitted on, and those of them that are cells. */
  detections: number
  hits: number
}

type TypeScores = {
  type: CellType
  support: number
  precision: number | null
  recall: number | null
  f1: number | null
}

/** Figures of types taken together. */
export type GroupScores = {
  groups: {
    name: string
    support: number
    precision: number | null
    recall: number | null
    f1: number | null
  }[]
  /** Mean F1 of the groups with enough labelled cells. */
  macroF1: Estimate | null
}

/** Of images: a line's share as named less its share as labelled, in percentage points, with the limits of agreement. */
export type LineageDifference = { lineage: Lineage; images: number; bias: number; low: number; high: number }

/** Recognition of the cells of one source or of all of them. All figures are over the 12 types unless they say otherwise. */
export type RecognitionScores = {
  source: string
  cells: number
  /** Mean of the F1 of the types that have examples; 'not_identifiable' as an answer is an error. */
  macroF1: Estimate | null
  accuracy: Estimate | null
  ece: Estimate | null
  /** ECE over these and the cells that are labelled not_identifiable; null where there are none. */
  eceWithNotIdentifiable: number | null
  types: TypeScores[]
  /** Cell lines, and the types with neighbouring stages taken together. */
  lineages: GroupScores
  merged: GroupScores
  /** Null where too few images have several cells. */
  differences: LineageDifference[] | null
  /** Cells by labelled class (row) and given class (column), both in the order of CELL_CLASSES. */
  confusion: number[][]
  reliability: ReliabilityBin[]
  /** Cells of the 12 types that were called not_identifiable. */
  calledNotIdentifiable: number
  /** Share of the cells that are left to a person, for a type less probable than DOUBTFUL_BELOW or for none. */
  leftToPerson: Estimate | null
  /** Share of the others whose type is wrong. */
  wrongOfRest: Estimate | null
}

/** What became of crops that belong to none of the 12 types. */
export type Outsiders = {
  source: string
  label: string
  crops: number
  calledAs: Partial<Record<CellClass, number>>
}

export type RecognitionMistake = {
  source: string
  file: string
  /** Centre of the cell in image pixels. */
  centre: readonly [x: number, y: number]
  umPerPixel: number
  labelled: CellClass
  said: CellClass
  probability: number
  /** Probability given to the labelled class. */
  probabilityOfLabel: number
}

export type RecogniserReport = Provenance & {
  what: 'recogniser'
  overall: RecognitionScores
  sources: RecognitionScores[]
  outsiders: Outsiders[]
  mistakes: RecognitionMistake[]
}
