import { cosTurn, lerp, sinTurn, smoothstep } from './math.ts'
import { noise, roughNoise } from './noise.ts'
import type { Random } from './prng.ts'

/** A rounded stick from (ax, ay) to (bx, by), of radius ra at one end and rb at the other, µm. */
interface Stick {
  ax: number
  ay: number
  bx: number
  by: number
  ra: number
  rb: number
}

export type NucleusForm =
  | 'round'
  | 'halfMoon'
  | 'kidney'
  | 'band'
  | 'lobes'
  | 'twoLobes'
  | 'folded'
  | 'notched'

/** How a type's nucleus looks; lengths as shares of the cell's radius unless in µm. Pairs are [least, most]. */
export interface NucleusLook {
  form: NucleusForm
  /** Radius of a round nucleus, half the thickness of an elongated one. */
  size: readonly [number, number]
  /** How far it lies from the centre of the cell. */
  offset: readonly [number, number]
  /** µm: the width of a clump of chromatin. */
  grain: number
  /** Share of the nucleus that is dense chromatin, 0..1. */
  density: readonly [number, number]
  /** How hard the clumps stand out, 0..1. */
  contrast: number
  /** 0 = pale specks in a dense ground (immature), 1 = blocks with pale channels between them (mature). */
  channels: number
  /** How much darker the membrane is, 0..1. */
  rim: number
  nucleoli: readonly [number, number]
}

export interface Nucleus {
  sticks: Stick[]
  dents: Stick[]
  /** µm: how smoothly sticks melt together. */
  melt: number
  /** A circle around it, µm. */
  x: number
  y: number
  radius: number
  /** µm: how far its edge wanders. */
  ripple: number
  nucleoli: { x: number; y: number; radius: number }[]
  look: NucleusLook
  density: number
  /** Thickness of its dye, 1 = usual. */
  thickness: number
  seed: number
}

/** A nucleus for a cell of this radius (µm), lying off the centre towards the unit vector (ux, uy). */
export function planNucleus(
  look: NucleusLook,
  cellRadius: number,
  ux: number,
  uy: number,
  random: Random,
): Nucleus {
  const size = cellRadius * random.range(...look.size)
  const offset = cellRadius * random.range(...look.offset)
  const { sticks, dents, melt } = forms[look.form](size, cellRadius, random)
  const turned = (s: Stick): Stick => ({
    ...s,
    ax: s.ax * ux - s.ay * uy + offset * ux,
    ay: s.ax * uy + s.ay * ux + offset * uy,
    bx: s.bx * ux - s.by * uy + offset * ux,
    by: s.bx * uy + s.by * ux + offset * uy,
  })
  const placed = sticks.map(turned)
  const ends = placed.flatMap((s) => [
    [s.ax, s.ay, s.ra],
    [s.bx, s.by, s.rb],
  ]) as [number, number, number][]
  const x = ends.reduce((sum, end) => sum + end[0], 0) / ends.length
  const y = ends.reduce((sum, end) => sum + end[1], 0) / ends.length
  const radius = Math.max(...ends.map(([ex, ey, r]) => Math.sqrt((ex - x) ** 2 + (ey - y) ** 2) + r))
  return {
    sticks: placed,
    dents: dents.map(turned),
    melt,
    x,
    y,
    radius,
    ripple: cellRadius * random.range(0.02, 0.06),
    nucleoli: Array.from({ length: random.int(...look.nucleoli) }, () => {
      const turn = random.next()
      const away = size * random.range(0.1, 0.6)
      return { x: x + away * cosTurn(turn), y: y + away * sinTurn(turn), radius: random.range(0.5, 1) }
    }),
    look,
    density: random.range(...look.density),
    thickness: random.range(0.85, 1.1),
    seed: random.int(0, 0x7fffffff),
  }
}

interface Form {
  sticks: Stick[]
  dents: Stick[]
  melt: number
}

/** Every form is laid out with the way out of the centre as +x. */
const forms: Record<NucleusForm, (size: number, cellRadius: number, random: Random) => Form> = {
  round: (size, _r, random) => ({
    sticks: [oval(size, random.range(0, 0.22), random)],
    dents: [],
    melt: 0.1,
  }),
  notched: (size, _r, random) => ({
    sticks: [oval(size, random.range(0, 0.18), random)],
    dents: random.chance(0.6)
      ? [dent(random.next(), size * random.range(1.25, 1.5), size * random.range(0.35, 0.6))]
      : [],
    melt: size * 0.3,
  }),
  halfMoon: (size, _r, random) => ({
    sticks: [stick(0, -size * 0.28, 0, size * 0.28, size, size)],
    dents: [dent(0.5, size * random.range(2.3, 2.9), size * random.range(1.6, 2))],
    melt: size * 0.3,
  }),
  kidney: (size, r, random) => ({
    ...arc(size, r * random.range(0.34, 0.46), random.range(0.3, 0.46), 5, 0.08, random),
    melt: size * 0.3,
  }),
  band: (size, r, random) =>
    random.chance(0.75)
      ? arc(size, r * random.range(0.42, 0.54), random.range(0.42, 0.68), 9, 0.14, random)
      : bent(size, r, random),
  lobes: (size, r, random) => lobes(size, r, random.int(3, 4) + (random.chance(0.15) ? 1 : 0), random),
  twoLobes: (size, r, random) => lobes(size, r, random.chance(0.75) ? 2 : 3, random),
  folded: (size, r, random) => {
    const body = arc(size, r * random.range(0.3, 0.44), random.range(0.34, 0.62), 6, 0.2, random)
    const cut = dent(random.next(), size * random.range(1.5, 1.9), size * random.range(0.3, 0.5))
    return { sticks: body.sticks, dents: random.chance(0.5) ? [cut] : [], melt: size * 0.3 }
  },
}

function stick(ax: number, ay: number, bx: number, by: number, ra: number, rb: number): Stick {
  return { ax, ay, bx, by, ra, rb }
}

function oval(size: number, stretch: number, random: Random): Stick {
  const turn = random.next()
  const x = size * stretch * cosTurn(turn)
  const y = size * stretch * sinTurn(turn)
  return stick(-x, -y, x, y, size * (1 - stretch / 2), size * (1 - stretch / 2))
}

function dent(turn: number, away: number, radius: number): Stick {
  const x = away * cosTurn(turn)
  const y = away * sinTurn(turn)
  return stick(x, y, x, y, radius, radius)
}

/** A sausage along part of a circle (`span` of a full turn), open towards -x. */
function arc(size: number, bend: number, span: number, points: number, vary: number, random: Random): Form {
  const nodes = Array.from({ length: points }, (_, i) => {
    const turn = span * (i / (points - 1) - 0.5)
    return {
      x: bend * (cosTurn(turn) - 0.55),
      y: bend * sinTurn(turn),
      r: size * (1 + vary * random.range(-1, 1)),
    }
  })
  return { sticks: chain(nodes), dents: [], melt: size * 0.15 }
}

/** A sausage in the form of an S. */
function bent(size: number, r: number, random: Random): Form {
  const length = r * random.range(0.5, 0.62)
  const swing = r * random.range(0.12, 0.3)
  const nodes = Array.from({ length: 8 }, (_, i) => {
    const t = i / 3.5 - 1
    return { x: swing * sinTurn(t * 0.45), y: length * t, r: size * (1 + 0.12 * random.range(-1, 1)) }
  })
  return { sticks: chain(nodes), dents: [], melt: size * 0.15 }
}

/** Lobes on part of a circle, joined by threads. */
function lobes(size: number, r: number, count: number, random: Random): Form {
  const bend = r * random.range(0.38, 0.48)
  const span = count === 2 ? random.range(0.36, 0.5) : random.range(0.6, 0.78)
  const sticks: Stick[] = []
  let before: { x: number; y: number } | undefined
  for (let i = 0; i < count; i++) {
    const turn = span * (i / (count - 1) - 0.5) + random.range(-0.04, 0.04)
    const away = bend * random.range(0.7, 1.15)
    const x = away * cosTurn(turn) - bend * 0.25
    const y = away * sinTurn(turn)
    const radius = size * random.range(0.82, 1.15) * (count === 2 ? 1.25 : 1)
    const lean = turn + 0.25 + random.range(-0.2, 0.2)
    const half = radius * random.range(0.15, 0.75)
    const [lx, ly] = [half * cosTurn(lean), half * sinTurn(lean)]
    sticks.push(stick(x - lx, y - ly, x + lx, y + ly, radius, radius * random.range(0.8, 1)))
    if (before) {
      const thread = random.chance(0.5) ? size * random.range(0.3, 0.5) : size * 0.16
      sticks.push(stick(before.x, before.y, x, y, thread, thread))
    }
    before = { x, y }
  }
  return { sticks, dents: [], melt: size * 0.12 }
}

function chain(nodes: { x: number; y: number; r: number }[]): Stick[] {
  return nodes.slice(1).map((b, i) => stick(nodes[i]!.x, nodes[i]!.y, b.x, b.y, nodes[i]!.r, b.r))
}

/** Signed distance (µm, below 0 inside) from a point to the edge of the nucleus. */
export function distanceToNucleus(nucleus: Nucleus, px: number, py: number): number {
  const dx = px - nucleus.x
  const dy = py - nucleus.y
  const toCircle = Math.sqrt(dx * dx + dy * dy) - nucleus.radius
  if (toCircle > 1) return toCircle
  const x =
    px + 0.22 * noise(px * 0.5, py * 0.5, nucleus.seed) + 0.06 * noise(px * 1.7, py * 1.7, nucleus.seed)
  const y = py + 0.22 * noise(px * 0.5 + 50, py * 0.5, nucleus.seed)
  let d = Number.POSITIVE_INFINITY
  for (const s of nucleus.sticks) d = smoothMin(d, distanceToStick(s, x, y), nucleus.melt)
  for (const s of nucleus.dents) d = -smoothMin(-d, distanceToStick(s, x, y), nucleus.melt)
  return d
}

function distanceToStick(s: Stick, x: number, y: number): number {
  const dx = s.bx - s.ax
  const dy = s.by - s.ay
  const square = dx * dx + dy * dy
  const along = square === 0 ? 0 : ((x - s.ax) * dx + (y - s.ay) * dy) / square
  const t = along < 0 ? 0 : Math.min(along, 1)
  const ex = x - s.ax - t * dx
  const ey = y - s.ay - t * dy
  return Math.sqrt(ex * ex + ey * ey) - lerp(s.ra, s.rb, t)
}

/** Polynomial smooth minimum (Inigo Quilez): two shapes melt together over k. */
function smoothMin(a: number, b: number, k: number): number {
  if (a - b > k) return b
  if (b - a > k) return a
  const h = 0.5 + (0.5 * (b - a)) / k
  return lerp(b, a, h) - k * h * (1 - h)
}

/** How dense the chromatin is at a point inside, about 0 (parachromatin) to 1. `depth` is the distance to the edge, µm. */
export function chromatinAt(nucleus: Nucleus, px: number, py: number, depth: number): number {
  const { look, seed } = nucleus
  const f = 1 / look.grain
  const wander = 0.5 * noise(px * f * 0.5, py * f * 0.5, seed ^ 0x3c6ef372)
  const x = px * f + wander
  const y = py * f - wander
  const specks = roughNoise(x, y, seed)
  const blocks = 1.6 * Math.abs(noise(x * 0.8 + 40, y * 0.8, seed)) - 0.35
  const clump = lerp(specks, blocks, look.channels)
  const threshold = 0.55 - 1.1 * nucleus.density
  const hard = smoothstep(threshold - 0.28, threshold + 0.28, clump)
  let dense = lerp(nucleus.density + 0.3 * clump, hard, look.contrast)
  dense += 0.12 * noise(px * 0.3, py * 0.3, seed ^ 0x1b873593)
  dense += look.rim * (1 - smoothstep(0.15, 0.6, depth))
  for (const nucleolus of nucleus.nucleoli) {
    const dx = px - nucleolus.x
    const dy = py - nucleolus.y
    const inside =
      1 - smoothstep(nucleolus.radius * 0.5, nucleolus.radius * 1.2, Math.sqrt(dx * dx + dy * dy))
    dense = lerp(dense, 0.3 * dense - 0.08, 0.8 * inside)
  }
  return dense
}
