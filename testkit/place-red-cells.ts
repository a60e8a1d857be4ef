import { createGrid, type Grid } from './grid.ts'
import { noise } from './noise.ts'
import { edgeTowards, flatten, longest } from './outline.ts'
import type { Palette } from './palettes.ts'
import type { Hole, PlacedCell } from './place-cells.ts'
import { mixSeed, seededRandom } from './prng.ts'
import { planRedCell, type RedCell } from './red-cells.ts'

const MEAN_AREA = 43
const LARGEST_REACH = 20

/**
 * Strew red cells over a field of width x height µm until they cover this share of it or no more find room. They lie
 * in loose clumps, some on one another; most give way where they meet, and all keep clear of the nucleated cells.
 */
export function placeRedCells(
  width: number,
  height: number,
  share: number,
  palette: Palette,
  seed: number,
  nucleated: Grid<PlacedCell>,
  holes: Hole[],
): RedCell[] {
  const random = seededRandom(mixSeed(seed, 3))
  const margin = 4
  const wanted = Math.round((share * (width + 2 * margin) * (height + 2 * margin)) / MEAN_AREA)
  const grid = createGrid<RedCell>()
  const placed: RedCell[] = []
  for (let attempt = 0; placed.length < wanted && attempt < wanted * 12; attempt++) {
    const x = random.range(-margin, width + margin)
    const y = random.range(-margin, height + margin)
    if (0.25 + 1.1 * noise(x / 32, y / 32, seed) < random.range(-0.6, 0.7)) continue
    const cell = planRedCell(x, y, palette, random)
    const mayOverlap = random.chance(0.2)
    if (holes.some((hole) => (hole.x - x) ** 2 + (hole.y - y) ** 2 < (hole.radius + 2.5) ** 2)) continue
    if (!giveWay(cell, nucleated, grid, mayOverlap)) continue
    placed.push(cell)
    grid.add(cell)
  }
  return placed
}

/** Flatten the cell against its neighbours; false where they leave it no room. */
function giveWay(
  cell: RedCell,
  nucleated: Grid<PlacedCell>,
  red: Grid<RedCell>,
  mayOverlap: boolean,
): boolean {
  const radius = longest(cell.outline)
  const lines: [number, number, number][] = []
  for (const other of nucleated.near(cell.x, cell.y, LARGEST_REACH)) {
    const room = clearance(cell, other.x, other.y, other.plan.outline)
    if (room.distance < radius * 0.72) return false
    if (room.distance < radius) lines.push([room.nx, room.ny, room.distance + 0.15])
  }
  for (const other of red.near(cell.x, cell.y, LARGEST_REACH)) {
    const room = clearance(cell, other.x, other.y, other.outline)
    if (room.distance < radius * (mayOverlap ? -0.1 : 0.75)) return false
    if (room.distance < radius && !mayOverlap) lines.push([room.nx, room.ny, room.distance - 0.1])
  }
  for (const [nx, ny, distance] of lines) flatten(cell.outline, nx, ny, distance)
  return true
}

/** From the cell's centre to the near edge of another: the way and how far, µm. */
function clearance(cell: RedCell, x: number, y: number, outline: Float32Array) {
  const dx = x - cell.x
  const dy = y - cell.y
  const apart = Math.sqrt(dx * dx + dy * dy) || 1e-6
  return { nx: dx / apart, ny: dy / apart, distance: apart - edgeTowards(outline, -dx, -dy) }
}
