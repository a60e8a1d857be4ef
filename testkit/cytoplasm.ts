import { smoothstep } from './math.ts'
import { roughNoise } from './noise.ts'
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

export interface Cytoplasm {
  look: CytoplasmLook
  /** Optical density in red, green and blue before rim, pale zone and mottle. */
  density: [number, number, number]
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
  const density: [number, number, number] = [0, 0, 0]
  for (const [name, range] of Object.entries(look.dyes) as [DyeName, Pair][]) {
    const share = random.range(...range)
    for (let c = 0; c < 3; c++) density[c]! += share * palette.dyes[name][c]!
  }
  return {
    look,
    density,
    pale: { ...pale, radius: cellRadius * random.range(0.3, 0.45) },
    vacuoles: Array.from({ length: random.int(...look.vacuoles) }, () => ({
      x: cellRadius * random.range(-0.75, 0.75),
      y: cellRadius * random.range(-0.75, 0.75),
      radius: random.range(0.25, 0.9),
    })),
    seed: random.int(0, 0x7fffffff),
  }
}

/** Thickness of the cytoplasm's dye at a point, 1 = usual. `depth` is the distance to the cell's edge, µm. */
export function cytoplasmAt(cytoplasm: Cytoplasm, x: number, y: number, depth: number): number {
  const { look, pale, seed } = cytoplasm
  let thickness = 1 + look.mottle * roughNoise(x * 0.9, y * 0.9, seed)
  thickness += look.rim * (1 - smoothstep(0, 1.4, depth))
  const dx = x - pale.x
  const dy = y - pale.y
  thickness *= 1 - look.pale * (1 - smoothstep(0, pale.radius * 1.3, Math.sqrt(dx * dx + dy * dy)))
  for (const vacuole of cytoplasm.vacuoles) {
    const vx = x - vacuole.x
    const vy = y - vacuole.y
    thickness *=
      smoothstep(vacuole.radius * 0.65, vacuole.radius * 1.1, Math.sqrt(vx * vx + vy * vy)) * 0.85 + 0.15
  }
  return thickness
}
