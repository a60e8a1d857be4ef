import { cosTurn, lerp, sinTurn, smoothstep } from './math.ts'
import { noise, roughNoise } from './noise.ts'
import { NUCLEUS_FORMS, type NucleusForm, type Stick } from './nucleus-forms.ts'
import type { Random } from './prng.ts'

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
  const { sticks, dents, melt } = NUCLEUS_FORMS[look.form](size, cellRadius, random)
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
