import type { Plane } from '../plane.ts'
import type { Disc } from './find-discs.ts'

/** A disc whose outline was followed; `radius` is that of the circle of the same area. */
export type TracedDisc = Disc & {
  /** Brightness beside the outline, as a share of that inside, 0..1: whole cells lie on dark ground, parts of cells do not. */
  ground: number
}

const SECTORS = 32
const DIRECTIONS = Array.from({ length: SECTORS }, (_, sector): [number, number] => {
  const angle = (2 * Math.PI * sector) / SECTORS
  return [Math.cos(angle), Math.sin(angle)]
})
/** Where the outline is looked for, as shares of the radius: rings at equal steps. */
const NEAREST = 0.65
const STEP = 0.025
const RINGS = 35
/** An edge is the difference so far inside and outside: rings, and least pixels. */
const REACH = 3
const LEAST_REACH = 0.8
/** Cost of one ring more or less from a sector to the next; a clear edge is worth 1. */
const BEND = 0.12
/** Steps inside and outside the outline that are looked at for where the cell ends. */
const AROUND = 8
/** It ends where its brightness above the ground has fallen to this share: slope and blur belong to it. */
const FOOT = 0.2

type Outline = {
  /** From the middle, pixels, by sector. */
  distances: number[]
  /** Sectors where an edge was seen. */
  seen: number[]
}

/**
 * Follows the outline of a bright disc all around, oval or dented: the closed path of steepest fall outwards, by dynamic
 * programming in polar coordinates. Where no edge is seen, as where cells touch, it is bridged. Three rounds, each
 * around the middle that the last one found.
 */
export function traceOutline(plane: Plane, disc: Disc): TracedDisc {
  let circle = disc
  let outline = follow(plane, circle)
  for (let round = 0; round < 2 && outline; round++) {
    circle = { ...circle, ...enclosed(circle, outline) }
    outline = follow(plane, circle)
  }
  if (!outline) return { ...disc, support: 0, ground: 1 }
  const { ground, beyond } = foot(plane, circle, outline)
  const { x, y, radius } = enclosed(circle, outline)
  return { x, y, radius: radius + beyond, support: outline.seen.length / SECTORS, ground }
}

/** Nothing where the plane is even. */
function follow(plane: Plane, { x, y, radius }: Disc): Outline | undefined {
  const reach = Math.max(REACH, Math.ceil(LEAST_REACH / (radius * STEP)))
  const distance = (ring: number) => radius * (NEAREST + ring * STEP)
  const falls = new Float32Array(SECTORS * RINGS)
  const ray = new Float32Array(RINGS + 2 * reach)
  DIRECTIONS.forEach(([dx, dy], sector) => {
    for (let k = 0; k < ray.length; k++) {
      ray[k] = at(plane, x + dx * distance(k - reach), y + dy * distance(k - reach))
    }
    for (let ring = 0; ring < RINGS; ring++) {
      const fall = ray[ring]! - ray[ring + 2 * reach]!
      // No edge beyond the border.
      falls[sector * RINGS + ring] = Number.isNaN(fall) ? 0 : fall
    }
  })
  const steepest = Array.from({ length: SECTORS }, (_, sector) =>
    Math.max(...falls.subarray(sector * RINGS, (sector + 1) * RINGS)),
  )
  const clear = median(steepest)
  if (clear <= 0) return
  const rings = closedPath(falls.map((fall) => Math.min(Math.max(fall / clear, 0), 1)))
  const sectors = [...rings.keys()]
  return {
    distances: rings.map(distance),
    seen: sectors.filter((sector) => falls[sector * RINGS + rings[sector]!]! >= clear / 2),
  }
}

/** The plane between pixels; NaN outside. */
function at({ data, width, height }: Plane, x: number, y: number): number {
  if (!(x >= 0 && y >= 0 && x < width - 1 && y < height - 1)) return Number.NaN
  const [left, top] = [Math.floor(x), Math.floor(y)]
  const i = top * width + left
  const above = data[i]! + (x - left) * (data[i + 1]! - data[i]!)
  const below = data[i + width]! + (x - left) * (data[i + width + 1]! - data[i + width]!)
  return above + (y - top) * (below - above)
}

/** The ring of each sector on the way around with the highest sum: gone round twice, the middle half of it is taken. */
function closedPath(scores: Float32Array): number[] {
  const from = new Uint8Array(2 * SECTORS * RINGS)
  let sums = scores.slice(0, RINGS)
  for (let step = 1; step < 2 * SECTORS; step++) {
    const next = new Float32Array(RINGS)
    for (let ring = 0; ring < RINGS; ring++) {
      let [before, best] = [ring, sums[ring]!]
      for (let other = Math.max(0, ring - 2); other <= Math.min(RINGS - 1, ring + 2); other++) {
        const sum = sums[other]! - BEND * Math.abs(other - ring)
        if (sum > best) [before, best] = [other, sum]
      }
      next[ring] = best + scores[(step % SECTORS) * RINGS + ring]!
      from[step * RINGS + ring] = before
    }
    sums = next
  }
  const rings = new Array<number>(SECTORS)
  let ring = sums.indexOf(Math.max(...sums))
  for (let step = 2 * SECTORS - 1; step >= SECTORS / 2; step--) {
    rings[step % SECTORS] = ring
    ring = from[step * RINGS + ring]!
  }
  return rings
}

/** The middle of what an outline encloses, and the radius of the circle of its area. */
function enclosed({ x, y }: Disc, { distances }: Outline): { x: number; y: number; radius: number } {
  let [square, left, down] = [0, 0, 0]
  distances.forEach((distance, sector) => {
    const [dx, dy] = DIRECTIONS[sector]!
    square += distance ** 2
    left += (2 / 3) * distance ** 3 * dx
    down += (2 / 3) * distance ** 3 * dy
  })
  return { x: x + left / square, y: y + down / square, radius: Math.sqrt(square / SECTORS) }
}

/** How far beyond the steepest place the cell ends, pixels, and the ground there; both from the median of the seen sectors. */
function foot(plane: Plane, { x, y, radius }: Disc, { distances, seen }: Outline) {
  const step = radius * STEP
  const profile = Array.from({ length: 2 * AROUND + 1 }, (_, k) => {
    const values = seen.map((sector) => {
      const [dx, dy] = DIRECTIONS[sector]!
      const distance = distances[sector]! + (k - AROUND) * step
      return at(plane, x + dx * distance, y + dy * distance)
    })
    return median(values.filter((value) => Number.isFinite(value)))
  })
  const inside = Math.max(...profile.slice(0, AROUND + 1))
  const outside = Math.min(...profile.slice(AROUND))
  if (inside <= outside) return { ground: 1, beyond: 0 }
  const level = outside + FOOT * (inside - outside)
  let k = profile.indexOf(inside)
  while (profile[k + 1]! > level) k++
  const part = (profile[k]! - level) / (profile[k]! - profile[k + 1]!)
  return { ground: Math.max(0, outside) / inside, beyond: step * (k + part - AROUND) }
}
function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? 0
}
