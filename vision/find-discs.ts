import { blur3, halve, type Plane } from './plane.ts'

/** A disc brighter than its surroundings, in pixels of the plane searched. */
export type Disc = {
  x: number
  y: number
  radius: number
  /** Share of the outline that was seen, 0..1. */
  support: number
}

/** Radii searched in each octave of the pyramid, in its pixels: steps of 12 %. */
const RADII = [8, 9, 10.1, 11.3, 12.7, 14.3]
/** Least share of an outline: to be looked at; to be believed. */
const MIN_VOTES = 0.3
const MIN_SUPPORT = 0.6
const SECTORS = 24

type Edges = {
  /** Indices of the edge pixels. */
  at: number[]
  /** Unit gradient, pointing to the brighter side; both 0 where there is no edge. */
  dx: Float32Array
  dy: Float32Array
  width: number
  height: number
}

/**
 * Finds bright discs of any radius from 8 pixels up to a third of the plane's shorter side, also where they overlap.
 *
 * The circular Hough transform with gradient direction (Kimme, Ballard and Sklansky, 1975): every edge pixel votes for
 * the centre that lies on its bright side at each radius in turn, octave by octave in a pyramid of halved planes. A disc
 * that is found at several radii is given once, at its best, and parts of a larger disc are not given. An edge is a
 * step of at least `contrast` per pixel.
 */
export function findDiscs(plane: Plane, contrast: number): Disc[] {
  const found: Disc[] = []
  let level = plane
  for (let zoom = 1; Math.min(level.width, level.height) >= 3 * RADII[0]!; zoom *= 2) {
    const edges = thinEdges(level, contrast)
    for (const radius of RADII) {
      for (const [x, y] of centres(edges, radius)) {
        const disc = outline(edges, x, y, radius)
        if (disc && disc.support >= MIN_SUPPORT) {
          found.push({
            x: disc.x * zoom,
            y: disc.y * zoom,
            radius: disc.radius * zoom,
            support: disc.support,
          })
        }
      }
    }
    level = halve(level)
  }
  return outermost(onceEach(found))
}

/** Pixels whose gradient is larger than that of both neighbours along it. */
function thinEdges(plane: Plane, contrast: number): Edges {
  const { data, width, height } = blur3(plane, 2)
  const gx = new Float32Array(data.length)
  const gy = new Float32Array(data.length)
  const size = new Float32Array(data.length)
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1, i = y * width + 1; x < width - 1; x++, i++) {
      // The blur's weights add up to 16.
      gx[i] = (data[i + 1]! - data[i - 1]!) / 32
      gy[i] = (data[i + width]! - data[i - width]!) / 32
      size[i] = Math.sqrt(gx[i]! ** 2 + gy[i]! ** 2)
    }
  }
  const at: number[] = []
  const dx = new Float32Array(data.length)
  const dy = new Float32Array(data.length)
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1, i = y * width + 1; x < width - 1; x++, i++) {
      const here = size[i]!
      if (here < contrast) continue
      const ux = gx[i]! / here
      const uy = gy[i]! / here
      const step = Math.round(ux) + Math.round(uy) * width
      if (here < size[i + step]! || here <= size[i - step]!) continue
      dx[i] = ux
      dy[i] = uy
      at.push(i)
    }
  }
  return { at, dx, dy, width, height }
}

/** Places that got votes for at least MIN_VOTES of an outline, the most voted first, at least half a radius apart. */
function centres({ at, dx, dy, width, height }: Edges, radius: number): [number, number][] {
  const votes = new Float32Array(dx.length)
  for (const i of at) {
    const x = i % width
    const cx = Math.round(x + dx[i]! * radius)
    const cy = Math.round((i - x) / width + dy[i]! * radius)
    if (cx >= 0 && cx < width && cy >= 0 && cy < height) votes[cy * width + cx]!++
  }
  const { data: near } = blur3({ data: votes, width, height }, 1)
  const least = MIN_VOTES * 2 * Math.PI * radius
  const peaks: number[] = []
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1, i = y * width + 1; x < width - 1; x++, i++) {
      if (near[i]! >= least && isPeak(near, i, width)) peaks.push(i)
    }
  }
  peaks.sort((a, b) => near[b]! - near[a]!)
  const kept: [number, number][] = []
  for (const i of peaks) {
    const x = i % width
    const y = (i - x) / width
    if (!kept.some(([kx, ky]) => Math.hypot(kx - x, ky - y) < radius / 2)) kept.push([x, y])
  }
  return kept
}

function isPeak(values: Float32Array, i: number, width: number): boolean {
  const here = values[i]!
  for (const row of [i - width, i, i + width]) {
    if (values[row - 1]! > here || values[row]! > here || values[row + 1]! > here) return false
  }
  return true
}

/** The radius at which most of the outline lies, and how much of it, from the edges around a centre. */
function outline({ dx, dy, width, height }: Edges, cx: number, cy: number, radius: number): Disc | undefined {
  const reach = Math.ceil(radius * 1.3)
  const nearest = new Float32Array(SECTORS)
  for (let y = Math.max(0, cy - reach); y <= Math.min(height - 1, cy + reach); y++) {
    for (let x = Math.max(0, cx - reach); x <= Math.min(width - 1, cx + reach); x++) {
      const i = y * width + x
      if (dx[i] === 0 && dy[i] === 0) continue
      const distance = Math.hypot(x - cx, y - cy)
      if (distance < radius * 0.75 || distance > radius * 1.3) continue
      if ((dx[i]! * (cx - x) + dy[i]! * (cy - y)) / distance < 0.85) continue
      const sector = Math.floor((Math.atan2(y - cy, x - cx) / (2 * Math.PI) + 0.5) * SECTORS) % SECTORS
      const before = nearest[sector]!
      if (before === 0 || Math.abs(distance - radius) < Math.abs(before - radius)) nearest[sector] = distance
    }
  }
  const distances = nearest.filter((distance) => distance > 0).sort()
  if (distances.length === 0) return undefined
  return { x: cx, y: cy, radius: distances[distances.length >> 1]!, support: distances.length / SECTORS }
}

/** Of discs whose centres lie within half a radius of each other, the one that is seen best. */
function onceEach(discs: readonly Disc[]): Disc[] {
  const kept: Disc[] = []
  for (const disc of discs.toSorted((a, b) => b.support - a.support || b.radius - a.radius)) {
    if (!kept.some((k) => distance(k, disc) < Math.min(k.radius, disc.radius) / 2)) kept.push(disc)
  }
  return kept
}

/** Without discs that are clearly smaller than one that holds their centre: they are parts of it. */
function outermost(discs: readonly Disc[]): Disc[] {
  return discs.filter((d) => !discs.some((k) => d.radius < 0.8 * k.radius && distance(k, d) < k.radius))
}

function distance(a: Disc, b: Disc): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}
