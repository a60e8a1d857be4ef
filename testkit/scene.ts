import { createGrid } from './grid.ts'
import { type Light, planLight } from './light.ts'
import type { CompleteFieldOptions } from './options.ts'
import { PALETTES, type Palette } from './palettes.ts'
import { type Hole, type PlacedCell, placeCells } from './place-cells.ts'
import { placeRedCells } from './place-red-cells.ts'
import { mixSeed, type Random, seededRandom } from './prng.ts'
import type { RedCell } from './red-cells.ts'
import {
  planFatHole,
  planFleck,
  planPlatelet,
  planPrecipitate,
  planSmear,
  type SmallThing,
} from './small-things.ts'

/** Everything that lies on the glass, decided before anything is painted. */
export interface Scene {
  palette: Palette
  light: Light
  /** Amount of dried plasma, 0..1. */
  veil: number
  cells: PlacedCell[]
  redCells: RedCell[]
  /** Below the nucleated cells. */
  below: SmallThing[]
  /** Above them. */
  above: SmallThing[]
}

/** With `given`, these cells lie there instead of cells placed by chance. */
export function planScene(options: CompleteFieldOptions, given?: (palette: Palette) => PlacedCell[]): Scene {
  const { seed, umPerPixel, debris } = options
  const width = options.width * umPerPixel
  const height = options.height * umPerPixel
  const area = (width * height) / 1e6
  const random = seededRandom(mixSeed(seed, 4))
  const palette = stained(PALETTES[options.palette], options.stain, random)
  const grid = createGrid<PlacedCell>()
  const holes = given ? [] : planHoles(width, height, area * debris * palette.dirt * 400, random)
  const count = typeof options.cells === 'number' ? options.cells : Math.round(options.cells.perMm2 * area)
  const exact = typeof options.cells === 'number'
  const crowd = { ...options, width, height, count, exact, palette }
  const cells = given ? given(palette) : placeCells(crowd, grid, holes)
  if (given) for (const cell of cells) grid.add(cell)
  const redCells = placeRedCells(width, height, options.redCells, palette, seed, grid, holes)
  const strew = <T>(perMm2: number, plan: (x: number, y: number) => T) =>
    Array.from({ length: poisson(perMm2 * area, random) }, () =>
      plan(random.range(0, width), random.range(0, height)),
    )
  return {
    palette,
    light: planLight(palette, options.light, palette.noise, mixSeed(seed, 5)),
    veil: palette.dirt * (0.4 + debris),
    cells,
    redCells,
    below: [
      ...strew(debris * palette.dirt * 1500, (x, y) => planSmear(x, y, palette, random)),
      ...strew((0.2 + debris) * palette.dirt * 12000, (x, y) => planFleck(x, y, palette, random)),
      ...strew(options.platelets, (x, y) => planPlatelet(x, y, palette, random)),
      ...holes.map((hole) => planFatHole(hole.x, hole.y, hole.radius, random)),
    ],
    above: strew(debris * (0.3 + palette.dirt) * 4000, (x, y) =>
      planPrecipitate(x, y, palette, random),
    ).flat(),
  }
}

/** The palette with its dyes as strong as the stain; lamp and dyes a little off, as on every slide. */
function stained(palette: Palette, stain: number, random: Random): Palette {
  const off = (values: readonly [number, number, number], amount: number, by: number) =>
    values.map((value) => value * amount * random.range(1 - by, 1 + by)) as [number, number, number]
  const dyes = Object.entries(palette.dyes).map(([name, dye]) => [
    name,
    off(dye, stain * random.range(0.9, 1.1), 0.06),
  ])
  return {
    ...palette,
    light: off(palette.light, random.range(0.94, 1.02), 0.015),
    dyes: Object.fromEntries(dyes),
  }
}

function planHoles(width: number, height: number, expected: number, random: Random): Hole[] {
  return Array.from({ length: poisson(expected, random) }, () => ({
    x: random.range(0, width),
    y: random.range(0, height),
    radius: random.chance(0.6) ? random.range(1, 2.5) : random.range(3, 10),
  }))
}

/** A whole number whose mean is `expected`. */
function poisson(expected: number, random: Random): number {
  return Math.max(0, Math.round(expected + Math.sqrt(expected) * random.normal()))
}
