import { lerp, smoothstep, transmission } from './math.ts'
import { noise } from './noise.ts'
import { drawOutline, edgeTowards, longest, type Outline } from './outline.ts'
import type { Palette } from './palettes.ts'
import type { Random } from './prng.ts'
import { pixelsWithin, type Raster } from './raster.ts'

export interface RedCell {
  /** Centre in the field, µm. */
  x: number
  y: number
  outline: Outline
  /** Paleness of the middle, 0..1. */
  pallor: number
  /** Size of the pale middle as a share of the radius. */
  paleRadius: number
  /** Thickness of haemoglobin, 1 = usual. */
  thickness: number
  /** Off-centre shift of the pale middle, share of the radius. */
  shiftX: number
  shiftY: number
  seed: number
}

/** Mean diameter of a mature red cell on a smear and its spread, µm. */
const DIAMETER = 7.4
const SPREAD = 0.4
const SOFT = 0.18

export function planRedCell(x: number, y: number, palette: Palette, random: Random): RedCell {
  const radius = (DIAMETER + SPREAD * random.normal()) / 2
  const ux = random.range(-1, 1)
  const uy = random.range(-1, 1)
  const length = Math.sqrt(ux * ux + uy * uy) || 1
  const elongation = 1 + random.range(0, 0.18) + (random.chance(0.08) ? random.range(0.1, 0.5) : 0)
  return {
    x,
    y,
    outline: drawOutline(
      radius,
      { elongation, axis: [ux / length, uy / length], wobble: random.range(0.03, 0.1) },
      random,
    ),
    pallor: random.range(...palette.pallor),
    paleRadius: random.range(0.4, 0.68),
    thickness: random.range(0.85, 1.15),
    shiftX: random.range(-0.12, 0.12),
    shiftY: random.range(-0.12, 0.12),
    seed: random.int(0, 0x7fffffff),
  }
}

/** Paint a red cell. Where it overlaps another both are squeezed thin: only half as dark as two whole cells. */
export function paintRedCell(raster: Raster, cell: RedCell, umPerPixel: number, palette: Palette): void {
  const widest = longest(cell.outline) + SOFT
  const area = pixelsWithin(
    raster,
    umPerPixel,
    cell.x - widest,
    cell.y - widest,
    cell.x + widest,
    cell.y + widest,
  )
  if (!area) return
  const dye = palette.dyes.redCell
  for (let row = area.y0; row < area.y1; row++) {
    const py = (row + 0.5) * umPerPixel - cell.y
    let target = ((row - raster.top) * raster.width + area.x0) * 3
    for (let column = area.x0; column < area.x1; column++, target += 3) {
      const px = (column + 0.5) * umPerPixel - cell.x
      const edge = edgeTowards(cell.outline, px, py)
      const away = Math.sqrt(px * px + py * py)
      const cover = smoothstep(-SOFT, SOFT, edge - away)
      if (cover === 0) continue
      const qx = px / edge - cell.shiftX
      const qy = py / edge - cell.shiftY
      const middle =
        1 - smoothstep(cell.paleRadius * 0.35, cell.paleRadius * 1.25, Math.sqrt(qx * qx + qy * qy))
      let thickness = cell.thickness * (1 - cell.pallor * middle)
      thickness *= 1 + 0.06 * noise(px * 0.5, py * 0.5, cell.seed)
      // The margin slopes down to the glass.
      thickness *= lerp(0.8, 1, smoothstep(0, 0.9, edge - away))
      for (let c = 0; c < 3; c++) {
        const below = raster.data[target + c]!
        const own = transmission(thickness * cover * dye[c]!)
        raster.data[target + c] = lerp(below * own, Math.min(below, own), 0.5)
      }
    }
  }
}
