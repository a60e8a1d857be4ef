import type { Box } from '../api/geometry.ts'

/**
 * Where the middle of a view may be: on the image; where the image is smaller than the view, its own middle. So any
 * place of the image can be brought to the middle of the screen, and none of it gets lost. All in one unit.
 */
export function middleInside(view: Box, image: Box): { x: number; y: number } {
  return {
    x: inside(view.x, view.width, image.x, image.width),
    y: inside(view.y, view.height, image.y, image.height),
  }
}

function inside(from: number, long: number, imageFrom: number, imageLong: number): number {
  if (imageLong <= long) return imageFrom + imageLong / 2
  return Math.min(Math.max(from + long / 2, imageFrom), imageFrom + imageLong)
}
