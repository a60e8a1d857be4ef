/** Pixels of the original image. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export const contains = ({ x, y, width, height }: Box, px: number, py: number): boolean =>
  px >= x && py >= y && px <= x + width && py <= y + height

/** The smallest box around all. */
export function around(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  const right = Math.max(...boxes.map((box) => box.x + box.width))
  const bottom = Math.max(...boxes.map((box) => box.y + box.height))
  return { x, y, width: right - x, height: bottom - y }
}

/** Two halves, cut across the longer side. */
export function halves({ x, y, width, height }: Box): [Box, Box] {
  if (width >= height) {
    const half = width / 2
    return [
      { x, y, width: half, height },
      { x: x + half, y, width: half, height },
    ]
  }
  const half = height / 2
  return [
    { x, y, width, height: half },
    { x, y: y + half, width, height: half },
  ]
}
