import { noise } from './noise.ts'
import type { Random } from './prng.ts'

/**
 * The edge of a cell: its distance from the centre (µm) in DIRECTIONS directions, evenly spaced by "diamond angle"
 * (the place on |x| + |y| = 1), which needs no trigonometry.
 */
export type Outline = Float32Array

const DIRECTIONS = 128
const PER_QUARTER = DIRECTIONS / 4

const unitX = new Float32Array(DIRECTIONS)
const unitY = new Float32Array(DIRECTIONS)
for (let i = 0; i < DIRECTIONS; i++) {
  const t = (i % PER_QUARTER) / PER_QUARTER
  const length = Math.sqrt((1 - t) * (1 - t) + t * t)
  const quarter = Math.floor(i / PER_QUARTER)
  const x = (1 - t) / length
  const y = t / length
  unitX[i] = [x, -y, -x, y][quarter]!
  unitY[i] = [y, x, -y, -x][quarter]!
}

function directionOf(x: number, y: number): number {
  const sum = Math.abs(x) + Math.abs(y)
  if (sum === 0) return 0
  const t = y >= 0 ? (x >= 0 ? y / sum : 1 - x / sum) : x < 0 ? 2 - y / sum : 3 + x / sum
  return t * PER_QUARTER
}

/** Distance (µm) from the centre to the edge towards (x, y). */
export function edgeTowards(outline: Outline, x: number, y: number): number {
  const at = directionOf(x, y)
  const i = at | 0
  const a = outline[i % DIRECTIONS]!
  return a + (outline[(i + 1) % DIRECTIONS]! - a) * (at - i)
}

export interface OutlineLook {
  /** Long axis by short axis, 1 = round. */
  elongation: number
  /** Unit vector of the long axis. */
  axis: readonly [number, number]
  /** How far the edge wanders, as a share of the radius. */
  wobble: number
  /** How fine the fringe of the edge is (share of the radius), as on basophilic cells. */
  fringe?: number
  /** Blebs and pseudopods: [how many, how far they stand out as a share of the radius]. */
  blebs?: readonly [number, number]
}

/** An outline with this mean radius (µm). */
export function drawOutline(radius: number, look: OutlineLook, random: Random): Outline {
  const outline = new Float32Array(DIRECTIONS)
  const seed = random.int(0, 0x7fffffff)
  const stretch = Math.sqrt(look.elongation)
  const [ax, ay] = look.axis
  const [count, height] = look.blebs ?? [0, 0]
  const blebs = Array.from({ length: count }, () => ({
    at: random.int(0, DIRECTIONS - 1),
    height: height * random.range(0.5, 1),
    sharpness: random.range(12, 40),
  }))
  for (let i = 0; i < DIRECTIONS; i++) {
    const x = unitX[i]!
    const y = unitY[i]!
    const along = (x * ax + y * ay) / stretch
    const across = (y * ax - x * ay) * stretch
    let r = 1 / Math.sqrt(along * along + across * across)
    r *= 1 + look.wobble * (noise(x * 1.1, y * 1.1, seed) + 0.5 * noise(x * 2.7 + 9, y * 2.7, seed))
    if (look.fringe) r *= 1 + look.fringe * noise(x * 9 + 31, y * 9, seed)
    for (const bleb of blebs) {
      const cos = x * unitX[bleb.at]! + y * unitY[bleb.at]!
      if (cos > 0) r += bleb.height / (1 + 4 * bleb.sharpness * (1 - cos))
    }
    outline[i] = r * radius
  }
  return outline
}

/** Flatten the outline where it would pass a line: `distance` (µm) from the centre towards the unit vector (nx, ny). */
export function flatten(outline: Outline, nx: number, ny: number, distance: number): void {
  for (let i = 0; i < DIRECTIONS; i++) {
    const towards = unitX[i]! * nx + unitY[i]! * ny
    if (towards > 0 && outline[i]! * towards > distance) outline[i] = distance / towards
  }
}

/** How far (µm) the outline reaches from its centre: [left, top, right, bottom], all positive. */
export function reach(outline: Outline): [number, number, number, number] {
  let [left, top, right, bottom] = [0, 0, 0, 0]
  for (let i = 0; i < DIRECTIONS; i++) {
    const x = outline[i]! * unitX[i]!
    const y = outline[i]! * unitY[i]!
    left = Math.max(left, -x)
    right = Math.max(right, x)
    top = Math.max(top, -y)
    bottom = Math.max(bottom, y)
  }
  return [left, top, right, bottom]
}

/** The longest distance (µm) from the centre to the edge. */
export function longest(outline: Outline): number {
  return outline.reduce((a, b) => Math.max(a, b), 0)
}
