import { iou } from '../../vision/box.ts'
import type { Box } from '../labelled-image.ts'

/** What the last two numbers of a `bbox` are: width and height, as COCO asks for, or the right bottom corner. */
export type Reading = 'size' | 'corner'

/** What is known of an annotation's box beside its numbers. */
export interface BoxWitness {
  numbers: Box
  /** The box around its segmentation. */
  outline: Box | undefined
  area: number | undefined
  image: { width: number; height: number }
}

/** A box may stick out by so many pixels before that says anything. */
const OUTSIDE = 2

export function boxRead([x, y, a, b]: Box, reading: Reading): Box {
  return reading === 'size' ? [x, y, a, b] : [x, y, a - x, b - y]
}

/**
 * How the boxes of a file are to be read, each in its place. Where the segmentation or the area of some speaks for corners
 * and nothing speaks for sizes, or some boxes would stick out of their image and all fit as corners, all are corners; where
 * the boxes differ each is read as its own segmentation or area says.
 */
export function readingsOf(boxes: readonly BoxWitness[]): Reading[] {
  const said = boxes.map(saidByShape)
  if (said.includes('size')) return said.map((reading) => reading ?? 'size')
  const allFit = boxes.every(fitsAsCorner)
  const corners = said.includes('corner') || boxes.some(sticksOut)
  return boxes.map((_, at) => said[at] ?? (allFit && corners ? 'corner' : 'size'))
}

/** What the segmentation says, else the area. */
function saidByShape({ numbers, outline, area }: BoxWitness): Reading | undefined {
  const [size, corner] = [boxRead(numbers, 'size'), boxRead(numbers, 'corner')]
  if (corner[2] <= 0 || corner[3] <= 0) return 'size'
  if (numbers[0] === 0 && numbers[1] === 0) return undefined
  if (outline !== undefined) {
    if (isAlike(size, outline) !== isAlike(corner, outline)) return isAlike(size, outline) ? 'size' : 'corner'
    const [asSize, asCorner] = [iou(size, outline), iou(corner, outline)]
    if (Math.max(asSize, asCorner) < 0.5 || Math.abs(asSize - asCorner) < 0.1) return undefined
    return asSize > asCorner ? 'size' : 'corner'
  }
  if (area === undefined) return undefined
  const isArea = (box: Box) => Math.abs(box[2] * box[3] - area) <= 0.01 * area
  if (isArea(size) === isArea(corner)) return undefined
  return isArea(size) ? 'size' : 'corner'
}

/** Whether two boxes are the same but for rounding. */
function isAlike(a: Box, b: Box): boolean {
  return a.every((side, at) => Math.abs(side - b[at]!) <= 0.5)
}

function sticksOut({ numbers: [x, y, w, h], image }: BoxWitness): boolean {
  return x + w > image.width + OUTSIDE || y + h > image.height + OUTSIDE
}

function fitsAsCorner({ numbers: [x, y, right, bottom], image }: BoxWitness): boolean {
  return right > x && bottom > y && right <= image.width + OUTSIDE && bottom <= image.height + OUTSIDE
}
