import { clip } from '../vision/box.ts'
import { type Box, type BoxLabel, type LabelledBox, touchesEdge } from './labelled-image.ts'

/**
 * A cell of which the labels do not say all: it is there, so a detector shall not learn that it is not. What of the box lies
 * in the image is taken; the whole of it where nothing does.
 */
export function doubtfulBox(
  box: Box,
  { width, height }: { width: number; height: number },
  label: BoxLabel = 'nucleated_cell',
): LabelledBox {
  const part = clip(box, width, height)
  const inside = part[2] > 0 && part[3] > 0 ? part : box
  return {
    box: inside,
    label,
    ignore: true,
    reason: 'doubtful',
    touchesEdge: touchesEdge(inside, width, height),
  }
}
