import type { Box } from './labelled-image.ts'

export type Point = readonly [x: number, y: number]

/** The box around points. */
export function boxAround(points: readonly Point[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) {
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x)
    bottom = Math.max(bottom, y)
  }
  return [left, top, withoutDust(right - left), withoutDust(bottom - top)]
}

/** The box around boxes. */
export function boxAroundAll(boxes: readonly Box[]): Box {
  return boxAround(
    boxes.flatMap(([x, y, w, h]): Point[] => [
      [x, y],
      [x + w, y + h],
    ]),
  )
}

/** The upright box around one that is turned by an angle, in radians, about its middle. */
export function boxAroundTurned([x, y, w, h]: Box, angle: number): Box {
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))]
  const [width, height] = [withoutDust(w * cos + h * sin), withoutDust(w * sin + h * cos)]
  return [withoutDust(x + (w - width) / 2), withoutDust(y + (h - height) / 2), width, height]
}

/** Without the dust of adding decimals: 0.1 + 0.2 is 0.3. */
export function withoutDust(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
