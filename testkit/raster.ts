import { clamp, transmission } from './math.ts'

/** A band of the picture, as the share of light that comes through (1 = empty glass), 3 floats a pixel. */
export interface Raster {
  /** height * width * 3 values. */
  data: Float32Array
  width: number
  height: number
  /** Row of the field that the first row of the band is. May be negative: a margin for the blur. */
  top: number
}

export function createRaster(width: number, height: number, top: number): Raster {
  return { data: new Float32Array(width * height * 3).fill(1), width, height, top }
}

/** Pixels of the raster that a region in µm covers, or undefined where it misses: columns x0..x1-1, field rows y0..y1-1. */
export function pixelsWithin(
  raster: Raster,
  umPerPixel: number,
  left: number,
  top: number,
  right: number,
  bottom: number,
): { x0: number; y0: number; x1: number; y1: number } | undefined {
  const x0 = Math.max(0, Math.floor(left / umPerPixel))
  const x1 = Math.min(raster.width, Math.ceil(right / umPerPixel) + 1)
  const y0 = Math.max(raster.top, Math.floor(top / umPerPixel))
  const y1 = Math.min(raster.top + raster.height, Math.ceil(bottom / umPerPixel) + 1)
  return x0 < x1 && y0 < y1 ? { x0, y0, x1, y1 } : undefined
}

/** How a camera renders edges: lengths in pixels. */
export interface Optics {
  /** Sigma of the blur. */
  sigma: number
  /** How hard the camera sharpens, 0 = not at all. */
  sharpening: number
  /** Sigma of the surroundings that sharpening sets a pixel off from. */
  surround: number
}

/** Rows above and below that the optics look at. */
export function opticsMargin({ sigma, sharpening, surround }: Optics): number {
  return Math.ceil(2.5 * (sharpening > 0 ? Math.max(sigma, surround) : sigma))
}

function gaussian(sigma: number, reach: number): Float64Array {
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, i) =>
    sigma > 0 ? transmission((i - reach) ** 2 / (2 * sigma * sigma)) : Number(i === reach),
  )
  const total = weights.reduce((a, b) => a + b)
  return weights.map((weight) => weight / total)
}

/** Blur and sharpen, rows then columns, in place. Pixels at the edge are repeated. */
export function applyOptics(raster: Raster, optics: Optics): void {
  const reach = opticsMargin(optics)
  if (reach === 0) return
  const wide = gaussian(optics.surround, reach)
  const kernel = gaussian(optics.sigma, reach).map(
    (weight, i) => weight + optics.sharpening * (weight - wide[i]!),
  )
  const { data, width, height } = raster
  const stride = width * 3
  const padded = new Float32Array(stride + 6 * reach)
  for (let row = 0; row < height; row++) {
    padded.set(data.subarray(row * stride, (row + 1) * stride), 3 * reach)
    for (let i = 0; i < 3 * reach; i++) {
      padded[i] = data[row * stride + (i % 3)]!
      padded[stride + 3 * reach + i] = data[(row + 1) * stride - 3 + (i % 3)]!
    }
    for (let i = 0; i < stride; i++) {
      const middle = i + 3 * reach
      let sum = kernel[reach]! * padded[middle]!
      for (let k = 1; k <= reach; k++)
        sum += kernel[reach + k]! * (padded[middle - 3 * k]! + padded[middle + 3 * k]!)
      data[row * stride + i] = sum
    }
  }
  const source = data.slice()
  const rowAt = (row: number) => clamp(row, 0, height - 1) * stride
  for (let row = 0; row < height; row++) {
    const target = row * stride
    for (let i = 0; i < stride; i++) data[target + i]! *= kernel[reach]!
    for (let k = 1; k <= reach; k++) {
      const above = rowAt(row - k)
      const below = rowAt(row + k)
      const weight = kernel[reach + k]!
      for (let i = 0; i < stride; i++) data[target + i]! += weight * (source[above + i]! + source[below + i]!)
    }
  }
}
