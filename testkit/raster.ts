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

/** Rows above and below that a blur of this sigma (pixels) looks at. */
export function blurMargin(sigma: number): number {
  return 3 * boxRadius(sigma) + 2
}

function boxRadius(sigma: number): number {
  return Math.floor((Math.sqrt(4 * sigma * sigma + 1) - 1) / 2)
}

/**
 * Gaussian blur by three passes of a box whose ends count in part, so that any sigma (pixels) is met exactly
 * (extended box filter: Gwosdek et al., SSVM 2011). Edge pixels are repeated. Works in place.
 */
export function blur(raster: Raster, sigma: number): void {
  if (sigma <= 0) return
  const { data, width, height } = raster
  const line = new Float32Array(Math.max(width, height))
  const scratch = new Float32Array(line.length)
  for (let c = 0; c < 3; c++) {
    for (let y = 0; y < height; y++) blurLine(data, y * width * 3 + c, 3, width, sigma, line, scratch)
    for (let x = 0; x < width; x++) blurLine(data, x * 3 + c, width * 3, height, sigma, line, scratch)
  }
}

function blurLine(
  data: Float32Array,
  start: number,
  step: number,
  count: number,
  sigma: number,
  line: Float32Array,
  scratch: Float32Array,
): void {
  for (let i = 0; i < count; i++) line[i] = data[start + i * step]!
  let from = line
  let to = scratch
  for (let pass = 0; pass < 3; pass++) {
    boxPass(from, to, count, sigma)
    ;[from, to] = [to, from]
  }
  for (let i = 0; i < count; i++) data[start + i * step] = from[i]!
}

/** One box pass of variance sigma²/3. */
function boxPass(from: Float32Array, to: Float32Array, count: number, sigma: number): void {
  const r = boxRadius(sigma)
  const variance = (sigma * sigma) / 3
  const full = 2 * r + 1
  const weight = (full * (r * (r + 1) - 3 * variance)) / (6 * (variance - (r + 1) * (r + 1)))
  const total = full + 2 * weight
  const last = count - 1
  const at = (i: number) => from[i < 0 ? 0 : Math.min(i, last)]!
  let sum = 0
  for (let i = -r; i <= r; i++) sum += at(i)
  for (let i = 0; i < count; i++) {
    to[i] = (sum + weight * (at(i - r - 1) + at(i + r + 1))) / total
    sum += at(i + r + 1) - at(i - r)
  }
}
