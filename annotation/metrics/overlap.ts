import { type Box, intersection } from '../../vision/box.ts'

export { iou } from '../../vision/box.ts'

/** The share of `box` that lies in `region`, 0..1: how COCO measures overlap with a crowd region. */
export function shareInside(box: Box, region: Box): number {
  const shared = intersection(box, region)
  return shared === 0 ? 0 : shared / (box[2] * box[3])
}
