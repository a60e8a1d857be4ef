import { CELL_TYPES, type CellType, MarrowscopeError } from '../cytology/index.ts'
import { type CellPlan, planCell } from './cell.ts'
import type { Grid } from './grid.ts'
import { cosTurn, sinTurn } from './math.ts'
import { edgeTowards, flatten, longest, reach } from './outline.ts'
import type { Palette } from './palettes.ts'
import { mixSeed, type Random, seededRandom } from './prng.ts'

export interface PlacedCell {
  /** Centre in the field, µm. */
  x: number
  y: number
  plan: CellPlan
}

/** A round place where no cell lies, µm. */
export interface Hole {
  x: number
  y: number
  radius: number
}

export interface Crowd {
  /** µm. */
  width: number
  height: number
  count: number
  /** True where a cell without room is an error, false where it is left out. */
  exact: boolean
  types: Partial<Record<CellType, number>>
  touching: number
  cutByBorder: number
  palette: Palette
  seed: number
}

/** No two boxes share more of the smaller one than this. */
const MOST_SHARED = 0.12
const LARGEST_REACH = 34
const ATTEMPTS = 400

/** Place the nucleated cells. Throws FIELD_TOO_CROWDED where there is no room for all of an exact number. */
export function placeCells(crowd: Crowd, grid: Grid<PlacedCell>, holes: Hole[]): PlacedCell[] {
  const random = seededRandom(mixSeed(crowd.seed, 1))
  const placed: PlacedCell[] = []
  const cut = Math.min(crowd.cutByBorder, crowd.count)
  const free = Math.max(crowd.count - Math.round(crowd.touching * crowd.count), cut, Math.min(1, crowd.count))
  for (let i = 0; i < crowd.count; i++) {
    const type = pickType(crowd.types, random)
    let plan = planCell(type, mixSeed(crowd.seed, 2, i), crowd.palette)
    let cell: PlacedCell | undefined
    for (let attempt = 0; !cell && attempt < ATTEMPTS; attempt++) {
      // A cell that finds no room in many places may be too large; another of its type may fit.
      if (attempt % 100 === 99) plan = planCell(type, mixSeed(crowd.seed, 2, i, attempt), crowd.palette)
      if (i < cut) cell = acrossBorder(plan, crowd, grid, holes, random)
      else if (i < free || placed.length === 0) cell = anywhere(plan, crowd, grid, holes, random)
      else cell = against(plan, placed[random.int(0, placed.length - 1)]!, crowd, grid, holes, random)
    }
    if (!cell && !crowd.exact) continue
    if (!cell) {
      throw new MarrowscopeError(
        'FIELD_TOO_CROWDED',
        `There is room for only ${i} of ${crowd.count} cells; ask for fewer cells or a larger field.`,
      )
    }
    placed.push(cell)
    grid.add(cell)
  }
  return placed
}

function pickType(types: Partial<Record<CellType, number>>, random: Random): CellType {
  const total = CELL_TYPES.reduce((sum, type) => sum + (types[type] ?? 0), 0)
  if (!(total > 0))
    throw new MarrowscopeError('NO_CELL_TYPES', 'Give at least one cell type a weight above 0.')
  let left = random.next() * total
  for (const type of CELL_TYPES) {
    left -= types[type] ?? 0
    if (left < 0) return type
  }
  return CELL_TYPES.findLast((type) => (types[type] ?? 0) > 0)!
}

function anywhere(
  plan: CellPlan,
  crowd: Crowd,
  grid: Grid<PlacedCell>,
  holes: Hole[],
  random: Random,
): PlacedCell | undefined {
  const [left, top, right, bottom] = reach(plan.outline)
  if (left + right + 1 > crowd.width || top + bottom + 1 > crowd.height) return undefined
  const x = random.range(left + 0.5, crowd.width - right - 0.5)
  const y = random.range(top + 0.5, crowd.height - bottom - 0.5)
  return fits(plan, x, y, grid, holes, 0.6) ? { x, y, plan } : undefined
}

/** Between a quarter and three quarters of the cell's width or height lies inside. */
function acrossBorder(
  plan: CellPlan,
  crowd: Crowd,
  grid: Grid<PlacedCell>,
  holes: Hole[],
  random: Random,
): PlacedCell | undefined {
  const [left, top, right, bottom] = reach(plan.outline)
  const inside = random.range(0.25, 0.75)
  const side = random.int(0, 3)
  const x =
    side === 0
      ? inside * (left + right) - right
      : side === 1
        ? crowd.width - inside * (left + right) + left
        : random.range(left + 0.5, crowd.width - right - 0.5)
  const y =
    side === 2
      ? inside * (top + bottom) - bottom
      : side === 3
        ? crowd.height - inside * (top + bottom) + top
        : random.range(top + 0.5, crowd.height - bottom - 0.5)
  return fits(plan, x, y, grid, holes, 0.6) ? { x, y, plan } : undefined
}

/** Against a neighbour, a little flattened where they meet. */
function against(
  plan: CellPlan,
  neighbour: PlacedCell,
  crowd: Crowd,
  grid: Grid<PlacedCell>,
  holes: Hole[],
  random: Random,
): PlacedCell | undefined {
  const turn = random.next()
  const nx = cosTurn(turn)
  const ny = sinTurn(turn)
  const theirs = edgeTowards(neighbour.plan.outline, nx, ny)
  const ours = edgeTowards(plan.outline, -nx, -ny)
  const pressed = random.range(0.02, 0.12) * Math.min(theirs, ours)
  const distance = theirs + ours - pressed
  const x = neighbour.x + nx * distance
  const y = neighbour.y + ny * distance
  const [left, top, right, bottom] = reach(plan.outline)
  if (x < left + 0.5 || y < top + 0.5 || x > crowd.width - right - 0.5 || y > crowd.height - bottom - 0.5)
    return undefined
  if (!fits(plan, x, y, grid, holes, 0.3, neighbour)) return undefined
  if (sharedBox(plan, x, y, neighbour) > MOST_SHARED) return undefined
  if (random.chance(0.7)) {
    flatten(plan.outline, -nx, -ny, ours - pressed / 2)
    flatten(neighbour.plan.outline, nx, ny, theirs - pressed / 2)
  }
  return { x, y, plan }
}

function fits(
  plan: CellPlan,
  x: number,
  y: number,
  grid: Grid<PlacedCell>,
  holes: Hole[],
  gap: number,
  except?: PlacedCell,
): boolean {
  const widest = longest(plan.outline)
  for (const hole of holes) {
    const dx = hole.x - x
    const dy = hole.y - y
    if (dx * dx + dy * dy < (hole.radius + widest) ** 2) return false
  }
  for (const other of grid.near(x, y, LARGEST_REACH)) {
    if (other === except) continue
    const dx = other.x - x
    const dy = other.y - y
    const room = edgeTowards(plan.outline, dx, dy) + edgeTowards(other.plan.outline, -dx, -dy) + gap
    if (dx * dx + dy * dy < room * room) return false
    if (sharedBox(plan, x, y, other) > MOST_SHARED) return false
  }
  return true
}

/** Share of the smaller box that two cells' boxes have in common. */
function sharedBox(plan: CellPlan, x: number, y: number, other: PlacedCell): number {
  const [l1, t1, r1, b1] = reach(plan.outline)
  const [l2, t2, r2, b2] = reach(other.plan.outline)
  const width = Math.min(x + r1, other.x + r2) - Math.max(x - l1, other.x - l2)
  const height = Math.min(y + b1, other.y + b2) - Math.max(y - t1, other.y - t2)
  if (width <= 0 || height <= 0) return 0
  return (width * height) / Math.min((l1 + r1) * (t1 + b1), (l2 + r2) * (t2 + b2))
}
