import { blur3, halve, type Plane } from '../plane.ts'

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
 * step of at least `contrast` per pixel. The best seen disc comes first.
 */
export function findDiscs(plane: Plane, contrast: number): Disc[] {
  const found: Disc[] = []
  let level = plane
  for (let zoom = 1; Math.min(level.width, level.height) >= 3 * RADII[0]!; zoom *= 2) {
    const edges = thinEdges(level, contrast)
    for (const radius of RADII) {
      for (const [x, y] of centres(edges, radius)) {
        const disc = measure(edges, x, y, radius)
        if (disc.support >= MIN_SUPPORT) {
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
  // The blur's weights add up to 16, and the neighbours are two pixels apart.
  const least = (contrast * 32) ** 2
  const steepness = new Float32Array(data.length)
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
      const gx = data[i + 1]! - data[i - 1]!
      const gy = data[i + width]! - data[i - width]!
      steepness[i] = gx * gx + gy * gy
    }
  }
  const at: number[] = []
  const dx = new Float32Array(data.length)
  const dy = new Float32Array(data.length)
  for (let i = width + 1; i < data.length - width - 1; i++) {
    const here = steepness[i]!
    if (here < least) continue
    const length = Math.sqrt(here)
    const ux = (data[i + 1]! - data[i - 1]!) / length
    const uy = (data[i + width]! - data[i - width]!) / length
    const step = Math.round(ux) + Math.round(uy) * width
    if (here < steepness[i + step]! || here <= steepness[i - step]!) continue
    dx[i] = ux
    dy[i] = uy
    at.push(i)
  }
  return { at, dx, dy, width, height }
}

/**
 * Places that got votes for at least MIN_VOTES of an outline, the most voted first, at least half a radius apart. Votes
 * are counted in squares of two pixels, and a place has those of the four squares around it.
 */
function centres({ at, dx, dy, width, height }: Edges, radius: number): [number, number][] {
  const columns = (width >> 1) + 1
  const rows = (height >> 1) + 1
  const votes = new Uint16Array(columns * rows)
  for (const i of at) {
    const x = i % width
    const cx = x + dx[i]! * radius
    const cy = (i - x) / width + dy[i]! * radius
    if (cx >= 0 && cx < width && cy >= 0 && cy < height) votes[(cy >> 1) * columns + (cx >> 1)]!++
  }
  const near = new Uint16Array(votes.length)
  for (let i = 0; i < votes.length - columns - 1; i++) {
    near[i] = votes[i]! + votes[i + 1]! + votes[i + columns]! + votes[i + columns + 1]!
  }
  const least = MIN_VOTES * 2 * Math.PI * radius
  const peaks: number[] = []
  for (let i = columns + 1; i < near.length - columns - 1; i++) {
    if (near[i]! >= least && isPeak(near, i, columns)) peaks.push(i)
  }
  peaks.sort((a, b) => near[b]! - near[a]!)
  const kept: [number, number][] = []
  for (const i of peaks) {
    const x = 2 * (i % columns) + 1
    const y = 2 * Math.floor(i / columns) + 1
    const apart = radius / 2
    if (!kept.some(([kx, ky]) => (kx - x) ** 2 + (ky - y) ** 2 < apart * apart)) kept.push([x, y])
  }
  return kept
}

function isPeak(values: Uint16Array, i: number, width: number): boolean {
  const here = values[i]!
  for (const row of [i - width, i, i + width]) {
    if (values[row - 1]! > here || values[row]! > here || values[row + 1]! > here) return false
  }
  return true
}

/** The disc whose outline lies around a place: looked at once to find its middle, and from there again. */
function measure(edges: Edges, x: number, y: number, radius: number): Disc {
  const rough = outline(edges, x, y, radius)
  let [shiftX, shiftY, pairs] = [0, 0, 0]
  for (let sector = 0; sector < SECTORS / 2; sector++) {
    const [near, far] = [rough[sector]!, rough[sector + SECTORS / 2]!]
    if (near === 0 || far === 0) continue
    const angle = ((sector + 0.5) / SECTORS - 0.5) * 2 * Math.PI
    shiftX += Math.cos(angle) * (near - far)
    shiftY += Math.sin(angle) * (near - far)
    pairs++
  }
  // Each pair tells the shift along its own direction only, half of it on average over all directions.
  const centre = { x: x + shiftX / Math.max(pairs, 1), y: y + shiftY / Math.max(pairs, 1) }
  const seen = outline(edges, centre.x, centre.y, radius)
    .filter((distance) => distance > 0)
    .sort()
  return { ...centre, radius: seen[seen.length >> 1] ?? 0, support: seen.length / SECTORS }
}

/** For each sector around a centre the distance of the edge in it that is nearest to the radius; 0 where there is none. */
function outline({ dx, dy, width, height }: Edges, cx: number, cy: number, radius: number): Float32Array {
  const [inner, outer] = [radius * 0.75, radius * 1.3]
  const distances = new Float32Array(SECTORS)
  const right = Math.min(width - 1, Math.floor(cx + outer))
  const bottom = Math.min(height - 1, Math.floor(cy + outer))
  for (let y = Math.max(0, Math.ceil(cy - outer)); y <= bottom; y++) {
    for (let x = Math.max(0, Math.ceil(cx - outer)); x <= right; x++) {
      const i = y * width + x
      if (dx[i] === 0 && dy[i] === 0) continue
      const distance = Math.sqrt((x - cx) ** 2 + (y - cy) ** 2)
      if (distance < inner || distance > outer) continue
      if ((dx[i]! * (cx - x) + dy[i]! * (cy - y)) / distance < 0.85) continue
      const sector = Math.floor((Math.atan2(y - cy, x - cx) / (2 * Math.PI) + 0.5) * SECTORS) % SECTORS
      const before = distances[sector]!
      if (before === 0 || Math.abs(distance - radius) < Math.abs(before - radius))
        distances[sector] = distance
    }
  }
  return distances
}

/** Of discs whose centres lie within half a radius of each other, the one that is seen best. */
export function onceEach<D extends Disc>(discs: readonly D[]): D[] {
  const kept: D[] = []
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
