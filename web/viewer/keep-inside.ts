import type { Box } from '../api/geometry.ts'

/**
 * Where the middle of a view may be: on the image, so that its corners too can be brought to the middle of the screen and
 * none of it gets lost. Where the image is smaller than the view: its own middle; from there to twice the view the room to
 * move grows with it. All in one unit.
 */
export function middleInside(view: Box, image: Box): { x: number; y: number } {
  return {
    x: inside(view.x, view.width, image.x, image.width),
    y: inside(view.y, view.height, image.y, image.height),
  }
}

function inside(from: number, long: number, imageFrom: number, imageLong: number): number {
  const middle = imageFrom + imageLong / 2
  const room = (imageLong / 2) * Math.min(1, Math.max(0, imageLong / long - 1))
  return Math.min(Math.max(from + long / 2, middle - room), middle + room)
}
