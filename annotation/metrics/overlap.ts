import type { Box } from '../labelled-image.ts'

/** Square pixels that two boxes share. */
function sharedArea(a: Box, b: Box): number {
  const w = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0])
  const h = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1])
  return w > 0 && h > 0 ? w * h : 0
}

/** Intersection over union, 0..1; 0 for boxes without area. */
export function iou(a: Box, b: Box): number {
  const shared = sharedArea(a, b)
  return shared === 0 ? 0 : shared / (a[2] * a[3] + b[2] * b[3] - shared)
}

/** The share of `box` that lies in `region`, 0..1: how COCO measures overlap with a crowd region. */
export function shareInside(box: Box, region: Box): number {
  const shared = sharedArea(box, region)
  return shared === 0 ? 0 : shared / (box[2] * box[3])
}
