import type { CellClass } from '../cytology/cell-types.ts'
import type { Box } from '../vision/box.ts'

export type { Box } from '../vision/box.ts'

export type Split = 'train' | 'val' | 'test'

/**
 * The labels of a detection source: a type id where the source names the cell, else one of 'white' (blood),
 * 'nucleated_cell' (marrow), 'red', 'platelet'.
 */
export type BoxLabel = CellClass | 'white' | 'nucleated_cell' | 'red' | 'platelet' | (string & {})

export interface LabelledBox {
  /** In pixels of the original image. */
  box: Box
  label: BoxLabel
  /** A doubtful place: detections in it are neither right nor wrong, and to miss it is no miss. */
  ignore?: boolean
  /** Why it is ignored, e.g. 'smudged'. */
  reason?: string
  touchesEdge?: boolean
  /** The number by which people call the box within its image; it stays when other boxes come and go. */
  number?: number
  /** The annotation's id in COCO, where it was read with its ids. */
  id?: number
  /** Of a proposal: 0..1, how sure its maker was. */
  score?: number
  /** Of a proposal: what made it, e.g. 'detector'. */
  proposedBy?: string
}

/** One image and the boxes that somebody drew on it. */
export interface LabelledField {
  /** Absolute path. */
  file: string
  /** Name of the data source, e.g. 'bccd'. */
  source: string
  width: number
  height: number
  /** µm per pixel, where the source is known or the caller gave it. */
  umPerPixel?: number
  boxes: LabelledBox[]
  /** Where the picture came from before this source, e.g. 'pbc:BA_74973': the same picture may lie in both. */
  origin?: string
  split?: Split
  /** The image's id in COCO, where it was read with its ids. */
  id?: number
  /** Only some of the nucleated cells are labelled: recall can be measured on it, precision cannot. */
  partial?: boolean
}

/** One cell whose type is known, at a place in an image. */
export interface LabelledCrop {
  /** Absolute path of the image that holds the cell. */
  file: string
  /** Name of the data source, e.g. 'matek'. */
  source: string
  type: CellClass | (string & {})
  umPerPixel: number
  /** Centre of the cell in pixels of the image. */
  centre: readonly [x: number, y: number]
}

/** Pixels from the image edge within which a box counts as cut by it: labels are rounded to whole pixels. */
const EDGE_TOLERANCE = 1

/** Whether a box reaches the edge of its image (within one pixel). */
export function touchesEdge([x, y, w, h]: Box, width: number, height: number): boolean {
  const t = EDGE_TOLERANCE
  return x <= t || y <= t || x + w >= width - t || y + h >= height - t
}

export function boxCentre([x, y, w, h]: Box): [x: number, y: number] {
  return [x + w / 2, y + h / 2]
}

/** Whether a label is a thing that a detector should find: everything but red cells and platelets. */
export function isNucleated(label: BoxLabel): boolean {
  return label !== 'red' && label !== 'platelet'
}
