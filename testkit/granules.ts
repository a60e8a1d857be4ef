import { noise } from './noise.ts'
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
  const seed = random.int(0, 0x7fffffff)
  const values = new Float32Array(count * 4)
  for (let i = 0; i < count; i++) {
    const x = radius * random.range(-1, 1)
    const y = radius * random.range(-1, 1)
    // They lie in loose swarms: one on sparse ground is moved a little way off.
    const sparse = noise(x * 0.5, y * 0.5, seed) < -0.1
    values[i * 4] = x + (sparse ? random.range(-1.5, 1.5) : 0)
    values[i * 4 + 1] = y + (sparse ? random.range(-1.5, 1.5) : 0)
    values[i * 4 + 2] = random.range(...look.radius)
    values[i * 4 + 3] = look.strength * random.range(0.35, 1.25)
  }
  return { look, values }
}
