import { lerp } from './math.ts'

const GRADIENTS_X = Float32Array.of(1, -1, 1, -1, 1.4, -1.4, 0, 0)
const GRADIENTS_Y = Float32Array.of(1, 1, -1, -1, 0, 0, 1.4, -1.4)

function hash(x: number, y: number, seed: number): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ seed
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39)
  return h ^ (h >>> 15)
}

function corner(ix: number, iy: number, fx: number, fy: number, seed: number): number {
  const g = hash(ix, iy, seed) & 7
  return GRADIENTS_X[g]! * fx + GRADIENTS_Y[g]! * fy
}

/** Perlin's gradient noise (SIGGRAPH 2002): about -1 to 1, mean 0, features about one unit wide. */
export function noise(x: number, y: number, seed: number): number {
  const ix = Math.floor(x)
  const iy = Math.floor(y)
  const fx = x - ix
  const fy = y - iy
  const u = fx * fx * fx * (fx * (fx * 6 - 15) + 10)
  const v = fy * fy * fy * (fy * (fy * 6 - 15) + 10)
  const top = lerp(corner(ix, iy, fx, fy, seed), corner(ix + 1, iy, fx - 1, fy, seed), u)
  const bottom = lerp(corner(ix, iy + 1, fx, fy - 1, seed), corner(ix + 1, iy + 1, fx - 1, fy - 1, seed), u)
  return lerp(top, bottom, v)
}

/** Two octaves of noise: the coarse form with a finer one on it. */
export function roughNoise(x: number, y: number, seed: number): number {
  return 0.67 * noise(x, y, seed) + 0.33 * noise(x * 2.13 + 17.3, y * 2.13 - 9.1, seed ^ 0x5bd1e995)
}

/** Nearly bell-shaped noise of mean 0 and standard deviation 1 for a pixel, whatever the order of drawing. */
export function pixelNoise(x: number, y: number, seed: number): number {
  const h = hash(x, y, seed)
  return ((h & 255) + ((h >>> 8) & 255) + ((h >>> 16) & 255) + (h >>> 24) - 510) / 147.8
}
