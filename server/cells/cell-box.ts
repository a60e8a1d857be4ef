import type { Static } from 'typebox'
import type { Box as LibraryBox } from '../../vision/index.ts'
import type { Box } from '../api/common.ts'
import { HttpError } from '../errors.ts'

/** Pixels; a box that is smaller was a slip of the hand. */
const MIN_SIDE = 3
/** Pixels; a cell whose box ends nearer to the border than this may be cut by it; as the detector has it. */
const EDGE = 2

/** A box of the API or of the table of cells, as the library has it. */
export const boxOf = ({ x, y, width, height }: Static<typeof Box>): LibraryBox => [x, y, width, height]

/** A box of the library, as the API and the table of cells have it. */
export const placeOf = ([x, y, width, height]: LibraryBox): Static<typeof Box> => ({ x, y, width, height })

type Size = { width: number; height: number }

export function isValidBox({ x, y, width, height }: Static<typeof Box>, field: Size): boolean {
  const inside = x >= 0 && y >= 0 && x + width <= field.width && y + height <= field.height
  return inside && width >= MIN_SIDE && height >= MIN_SIDE
}

/** Throws BOX_NOT_VALID where a box is too small or leaves its field. */
export function checkBox({ x, y, width, height }: Static<typeof Box>, field: Size): void {
  if (isValidBox({ x, y, width, height }, field)) return
  throw new HttpError(
    422,
    'BOX_NOT_VALID',
    `Draw the box inside the field of ${field.width} × ${field.height} pixels, at least ${MIN_SIDE} pixels wide and high.`,
  )
}

export function touchesEdge({ x, y, width, height }: Static<typeof Box>, field: Size): boolean {
  return Math.min(x, y, field.width - x - width, field.height - y - height) < EDGE
}
