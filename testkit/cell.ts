import type { CellType } from '../cytology/index.ts'
import { type Cytoplasm, cytoplasmAt, planCytoplasm } from './cytoplasm.ts'
import { type Granules, planGranules } from './granules.ts'
import { cosTurn, lerp, sinTurn, smoothstep, transmission } from './math.ts'
import { chromatinAt, distanceToNucleus, type Nucleus, planNucleus } from './nucleus.ts'
import { drawOutline, edgeTowards, longest, type Outline } from './outline.ts'
import type { Palette } from './palettes.ts'
import { seededRandom } from './prng.ts'
import { pixelsWithin, type Raster } from './raster.ts'
import { RECIPES } from './recipes.ts'

/** Everything that is decided about a cell before it is painted; lengths in µm around its centre. */
export interface CellPlan {
  type: CellType
  outline: Outline
  nucleus: Nucleus
  cytoplasm: Cytoplasm
  granules: Granules[]
}

/** µm over which an edge fades, half to each side. */
const SOFT = 0.14

export function planCell(type: CellType, seed: number, palette: Palette): CellPlan {
  const recipe = RECIPES[type]
  const random = seededRandom(seed)
  const radius = random.range(...recipe.diameter) / 2
  const turn = random.next()
  const axis = [cosTurn(turn), sinTurn(turn)] as const
  const outline = drawOutline(
    radius,
    {
      elongation: random.range(...recipe.elongation),
      axis,
      wobble: recipe.wobble,
      fringe: recipe.fringe,
      blebs: [random.int(0, recipe.blebs[0]), recipe.blebs[1]],
    },
    random,
  )
  const nucleus = planNucleus(recipe.nucleus, radius, axis[0], axis[1], random)
  const pale = { x: nucleus.x - axis[0] * radius * 0.5, y: nucleus.y - axis[1] * radius * 0.5 }
  const cytoplasm = planCytoplasm(recipe.cytoplasm, palette, radius, pale, random)
  const widest = longest(outline)
  return {
    type,
    outline,
    nucleus,
    cytoplasm,
    granules: recipe.granules.map((look) => planGranules(look, widest, random)),
  }
}

/** Columns and rows of the field that a painted cell covers: first and last, both inside. */
export interface Extent {
  left: number
  top: number
  right: number
  bottom: number
}

/**
 * Paint a cell whose centre lies at (x, y) µm of the field, as far as it falls into the raster. `extent` grows to the
 * pixels of the field's own rows (0..height-1) that the cell covers.
 */
export function paintCell(
  raster: Raster,
  cell: CellPlan,
  x: number,
  y: number,
  umPerPixel: number,
  palette: Palette,
  extent: Extent,
  fieldHeight: number,
): void {
  const widest = longest(cell.outline) + SOFT
  const area = pixelsWithin(raster, umPerPixel, x - widest, y - widest, x + widest, y + widest)
  if (!area) return
  const columns = area.x1 - area.x0
  const rows = area.y1 - area.y0
  const density = new Float32Array(columns * rows * 3)
  const cover = new Float32Array(columns * rows)
  const nucleusCover = new Float32Array(columns * rows)
  const body = new Float32Array(3)
  const { chromatin, parachromatin } = palette.dyes
  for (let row = 0; row < rows; row++) {
    const py = (area.y0 + row + 0.5) * umPerPixel - y
    for (let column = 0; column < columns; column++) {
      const px = (area.x0 + column + 0.5) * umPerPixel - x
      const depth = edgeTowards(cell.outline, px, py) - Math.sqrt(px * px + py * py)
      if (depth <= -SOFT) continue
      const i = row * columns + column
      cover[i] = smoothstep(-SOFT, SOFT, depth)
      if (depth > 0) include(extent, area.x0 + column, area.y0 + row, fieldHeight)
      cytoplasmAt(cell.cytoplasm, px, py, depth, body)
      const toNucleus = Math.max(distanceToNucleus(cell.nucleus, px, py), 0.12 - depth)
      const inNucleus = toNucleus >= SOFT ? 0 : 1 - smoothstep(-SOFT, SOFT, toNucleus)
      nucleusCover[i] = inNucleus
      const dense = inNucleus > 0 ? chromatinAt(cell.nucleus, px, py, -toNucleus) : 0
      for (let c = 0; c < 3; c++) {
        density[i * 3 + c] = lerp(
          body[c]!,
          cell.nucleus.thickness * lerp(parachromatin[c]!, chromatin[c]!, dense),
          inNucleus,
        )
      }
    }
  }
  const patch = {
    density,
    nucleusCover,
    columns,
    rows,
    x0: area.x0 * umPerPixel - x,
    y0: area.y0 * umPerPixel - y,
  }
  for (const granules of cell.granules) addGranules(patch, granules, umPerPixel, palette)
  for (let row = 0; row < rows; row++) {
    let target = ((area.y0 + row - raster.top) * raster.width + area.x0) * 3
    for (let column = 0; column < columns; column++, target += 3) {
      const i = row * columns + column
      const share = cover[i]!
      if (share === 0) continue
      for (let c = 0; c < 3; c++) {
        raster.data[target + c] = lerp(raster.data[target + c]!, transmission(density[i * 3 + c]!), share)
      }
    }
  }
}

function include(extent: Extent, column: number, row: number, fieldHeight: number): void {
  if (row < 0 || row >= fieldHeight) return
  if (column < extent.left) extent.left = column
  if (column > extent.right) extent.right = column
  if (row < extent.top) extent.top = row
  if (row > extent.bottom) extent.bottom = row
}

interface Patch {
  density: Float32Array
  nucleusCover: Float32Array
  columns: number
  rows: number
  /** µm from the cell's centre to the patch's left and top edge. */
  x0: number
  y0: number
}

function addGranules(patch: Patch, granules: Granules, umPerPixel: number, palette: Palette): void {
  const dye = palette.dyes[granules.look.dye]
  const { values } = granules
  const seen = 1 - granules.look.overNucleus
  for (let g = 0; g < values.length; g += 4) {
    const gx = (values[g]! - patch.x0) / umPerPixel - 0.5
    const gy = (values[g + 1]! - patch.y0) / umPerPixel - 0.5
    const r = values[g + 2]! / umPerPixel
    // A granule smaller than a pixel is spread over a disc of one pixel's radius and is that much paler.
    const shown = Math.max(r, 0.9)
    const strength = values[g + 3]! * (r / shown) * (r / shown)
    const reach = shown * 1.3
    const left = Math.max(0, Math.ceil(gx - reach))
    const right = Math.min(patch.columns - 1, Math.floor(gx + reach))
    const bottom = Math.min(patch.rows - 1, Math.floor(gy + reach))
    for (let row = Math.max(0, Math.ceil(gy - reach)); row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        const dx = column - gx
        const dy = row - gy
        const t = (dx * dx + dy * dy) / (reach * reach)
        if (t >= 1) continue
        const i = row * patch.columns + column
        const amount = strength * (1 - t) * (1 - t * 0.5) * (1 - seen * patch.nucleusCover[i]!)
        for (let c = 0; c < 3; c++) patch.density[i * 3 + c]! += amount * dye[c]!
      }
    }
  }
}
