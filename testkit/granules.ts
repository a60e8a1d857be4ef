import type { DyeName } from './palettes.ts'
import type { Random } from './prng.ts'

type Pair = readonly [number, number]

/** One kind of granule of a type. Pairs are [least, most]. */
export interface GranuleLook {
  dye: DyeName
  perSquareUm: Pair
  /** µm. */
  radius: Pair
  /** Thickness of the dye in the middle of a granule, 1 = usual. */
  strength: number
  /** Share that lies over the nucleus too, 0..1. */
  overNucleus: number
}

export interface Granules {
  look: GranuleLook
  /** x, y, radius (µm) and strength, four numbers a granule. */
  values: Float32Array
}

/** Granules strewn over a disc of this radius (µm); those outside of the cell are left out when it is drawn. */
export function planGranules(look: GranuleLook, radius: number, random: Random): Granules {
  const perSquareUm = random.range(...look.perSquareUm)
  const count = Math.round(4 * radius * radius * perSquareUm)
  const values = new Float32Array(count * 4)
  for (let i = 0; i < count; i++) {
    values[i * 4] = radius * random.range(-1, 1)
    values[i * 4 + 1] = radius * random.range(-1, 1)
    values[i * 4 + 2] = random.range(...look.radius)
    values[i * 4 + 3] = look.strength * random.range(0.6, 1.2)
  }
  return { look, values }
}
