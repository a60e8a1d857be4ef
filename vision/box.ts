/** [x, y, width, height], x and y of the top left corner. */
export type Box = [x: number, y: number, width: number, height: number]

/** Area that two boxes share. */
export function intersection(a: Box, b: Box): number {
  const width = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0])
  const height = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1])
  return width > 0 && height > 0 ? width * height : 0
}

/** Intersection over union, 0..1; 0 when both are empty. */
export function iou(a: Box, b: Box): number {
  const shared = intersection(a, b)
  return shared === 0 ? 0 : shared / (a[2] * a[3] + b[2] * b[3] - shared)
}

/** The part of a box inside [0, width] × [0, height]; its sides may be zero, never negative. */
export function clip([x, y, w, h]: Box, width: number, height: number): Box {
  const left = Math.min(Math.max(x, 0), width)
  const top = Math.min(Math.max(y, 0), height)
  return [left, top, Math.max(Math.min(x + w, width) - left, 0), Math.max(Math.min(y + h, height) - top, 0)]
}
