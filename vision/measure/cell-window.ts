import type { Box } from '../box.ts'
import type { Raster } from '../decode.ts'
import type { Plane } from '../plane.ts'
import { densities } from '../stain.ts'

/** Working scale: granules can just be told apart, and an outline takes a millisecond. */
export const WINDOW_UM_PER_PIXEL = 0.2
/** µm around the box: enough to see the background and the neighbours. */
const AROUND = 4
/** µm; a small cell is shown with as much around it as a large one. */
const LEAST_SIDE = 22

/** The surroundings of one cell at the working scale. */
export type CellWindow = {
  width: number
  height: number
  /** Optical densities, natural logarithm, 0 = background. */
  red: Plane
  green: Plane
  blue: Plane
  /** The cell's box in pixels of the window. */
  box: Box
}

/** Cuts out and rescales the surroundings of a box (pixels of the raster, inside of it). */
export function cellWindow(raster: Raster, [x, y, w, h]: Box, umPerPixel: number): CellWindow {
  const ratio = WINDOW_UM_PER_PIXEL / umPerPixel
  const span = (at: number, length: number, end: number) => {
    const side = Math.max(length + (2 * AROUND) / umPerPixel, LEAST_SIDE / umPerPixel)
    const from = Math.max(0, at + length / 2 - side / 2)
    const to = Math.min(end, at + length / 2 + side / 2)
    return { from, size: Math.max(1, Math.floor((to - from) / ratio)) }
  }
  const columns = span(x, w, raster.width)
  const rows = span(y, h, raster.height)
  const pixels = rescaled(raster, columns, rows, ratio)
  const [width, height] = [columns.size, rows.size]
  const channel = (c: number): Plane => {
    const table = densities(pixels, c)
    const data = new Float32Array(width * height)
    for (let i = 0; i < data.length; i++) data[i] = table[pixels[3 * i + c]!]!
    return { data, width, height }
  }
  const box: Box = [(x - columns.from) / ratio, (y - rows.from) / ratio, w / ratio, h / ratio]
  return { width, height, red: channel(0), green: channel(1), blue: channel(2), box }
}

type Span = { from: number; size: number }

/** Each pixel a weighted mean of those that it covers, or of its neighbours where the raster is coarser. */
function rescaled(raster: Raster, columns: Span, rows: Span, ratio: number): Uint8Array {
  const { data, width } = raster
  const xs = taps(columns, ratio, raster.width)
  const ys = taps(rows, ratio, raster.height)
  const out = new Uint8Array(columns.size * rows.size * 3)
  for (let row = 0, o = 0; row < rows.size; row++) {
    const { first: top, weights: down } = ys[row]!
    for (let column = 0; column < columns.size; column++, o += 3) {
      const { first: left, weights: across } = xs[column]!
      let [r, g, b] = [0, 0, 0]
      for (let j = 0; j < down.length; j++) {
        let i = ((top + j) * width + left) * 3
        for (let k = 0; k < across.length; k++, i += 3) {
          const weight = down[j]! * across[k]!
          r += weight * data[i]!
          g += weight * data[i + 1]!
          b += weight * data[i + 2]!
        }
      }
      out[o] = Math.round(r)
      out[o + 1] = Math.round(g)
      out[o + 2] = Math.round(b)
    }
  }
  return out
}

/** Which pixels make a pixel, and by how much: a triangle as wide as the coarser of the two scales. */
function taps({ from, size }: Span, ratio: number, end: number): { first: number; weights: number[] }[] {
  const reach = Math.max(ratio, 1)
  return Array.from({ length: size }, (_, i) => {
    const middle = from + (i + 0.5) * ratio - 0.5
    const first = Math.min(end - 1, Math.max(0, Math.ceil(middle - reach)))
    const last = Math.max(first, Math.min(end - 1, Math.floor(middle + reach)))
    const raw = Array.from({ length: last - first + 1 }, (_, k) =>
      Math.max(1e-6, 1 - Math.abs(first + k - middle) / reach),
    )
    const total = raw.reduce((sum, weight) => sum + weight)
    return { first, weights: raw.map((weight) => weight / total) }
  })
}
