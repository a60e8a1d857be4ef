import { cosTurn, sinTurn } from './math.ts'
import type { Random } from './prng.ts'

/** A rounded stick from (ax, ay) to (bx, by), of radius ra at one end and rb at the other, µm. */
export interface Stick {
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

/** A nucleus is its sticks melted together, less its dents. */
interface Form {
  sticks: Stick[]
  dents: Stick[]
  /** µm over which they melt. */
  melt: number
}

/** Every form is laid out with the way out of the centre as +x. */
export const NUCLEUS_FORMS: Record<NucleusForm, (size: number, cellRadius: number, random: Random) => Form> =
  {
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
