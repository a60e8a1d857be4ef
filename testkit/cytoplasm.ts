import { smoothstep } from './math.ts'
import { noise } from './noise.ts'
import type { DyeName, Palette } from './palettes.ts'
import type { Random } from './prng.ts'

type Pair = readonly [number, number]

/** How the body of a cell is stained; shares of a dye's usual thickness. Pairs are [least, most]. */
export interface CytoplasmLook {
  dyes: Partial<Record<DyeName, Pair>>
  /** How much darker it is along the edge. */
  rim: number
  /** How much paler the zone beside the nucleus is (the Golgi zone). */
  pale: number
  /** How uneven it is. */
  mottle: number
  /** How many vacuoles. */
  vacuoles: Pair
}

type Density = [number, number, number]

export interface Cytoplasm {
  look: CytoplasmLook
  /** Optical density in red, green and blue before rim, pale zone and mottle: of the blue dyes and of the others. */
  blue: Density
  other: Density
  /** Middle of the pale zone and its radius, µm. */
  pale: { x: number; y: number; radius: number }
  vacuoles: { x: number; y: number; radius: number }[]
  seed: number
}

/** `palette.dyes` mixed as the look says; the pale zone lies at (paleX, paleY). */
export function planCytoplasm(
  look: CytoplasmLook,
  palette: Palette,
  cellRadius: number,
  pale: { x: number; y: number },
  random: Random,
): Cytoplasm {
  const blue: Density = [0, 0, 0]
  const other: Density = [0, 0, 0]
  for (const [name, range] of Object.entries(look.dyes) as [DyeName, Pair][]) {
    const share = random.range(...range)
    const density = name === 'blue' || name === 'greyBlue' ? blue : other
    for (let c = 0; c < 3; c++) density[c]! += share * palette.dyes[name][c]!
  }
  return {
    look,
    blue,
    other,
    pale: { ...pale, radius: cellRadius * random.range(0.4, 0.6) },
    vacuoles: Array.from({ length: random.int(...look.vacuoles) }, () => ({
      x: cellRadius * random.range(-0.75, 0.75),
      y: cellRadius * random.range(-0.75, 0.75),
      radius: random.range(0.25, 0.9),
    })),
    seed: random.int(0, 0x7fffffff),
  }
}

/** Optical density of the cytoplasm at a point, into `out`. `depth` is the distance to the cell's edge, µm. */
export function cytoplasmAt(
  cytoplasm: Cytoplasm,
  x: number,
  y: number,
  depth: number,
  out: Float32Array,
): void {
  const { look, pale, seed, blue, other } = cytoplasm
  let thickness =
    1 + look.mottle * (0.5 * noise(x * 0.9, y * 0.9, seed) + 0.9 * noise(x * 2.6, y * 2.6, seed))
  const dx = x - pale.x
  const dy = y - pale.y
  const toPale = Math.sqrt(dx * dx + dy * dy)
  thickness *= 1 - look.pale * (1 - smoothstep(0.1 * pale.radius, 1.4 * pale.radius, toPale))
  for (const vacuole of cytoplasm.vacuoles) {
    const vx = x - vacuole.x
    const vy = y - vacuole.y
    thickness *=
      0.2 + 0.8 * smoothstep(vacuole.radius * 0.5, vacuole.radius * 1.1, Math.sqrt(vx * vx + vy * vy))
  }
  const patchy = 1.2 * look.mottle * noise(x * 0.45 + 70, y * 0.45, seed)
  const rim = look.rim * (1 - smoothstep(0, 1.4, depth))
  for (let c = 0; c < 3; c++) {
    out[c] = Math.max(0, thickness * ((1 + patchy + rim) * blue[c]! + (1 - patchy) * other[c]!))
  }
}
