import type { CellType } from '../cytology/index.ts'
import { type Extent, paintCell, planCell } from './cell.ts'
import { expose } from './light.ts'
import { type CompleteFieldOptions, complete, type FieldOptions } from './options.ts'
import { longest } from './outline.ts'
import { applyOptics, createRaster, opticsMargin } from './raster.ts'
import { paintRedCell } from './red-cells.ts'
import { planScene, type Scene } from './scene.ts'
import { paintSmallThing, paintVeil } from './small-things.ts'

/** [x, y, width, height] in pixels, whole numbers. */
export type Box = [number, number, number, number]

export interface DrawnCell {
  /** Around the whole cell, clipped to the image. */
  box: Box
  type: CellType
  /** True where the box reaches the image's border. */
  touchesEdge: boolean
}

export interface DrawnField {
  /** height * width * 3 bytes, RGB. */
  data: Uint8Array
  width: number
  height: number
  umPerPixel: number
  cells: DrawnCell[]
}

const BAND = 256
/** µm: how far around a camera's sharpening looks. */
const SURROUND = 0.25

/** Draw a synthetic field of a Wright-Giemsa stained marrow smear. Throws FIELD_TOO_CROWDED, NO_CELL_TYPES. */
export function drawField(options: FieldOptions): DrawnField {
  const all = complete(options)
  return paint(planScene(all), all)
}

export interface CellOptions {
  type: CellType
  seed: number
  /** Width and height of the crop, pixels. */
  size?: number
  umPerPixel?: number
  palette?: FieldOptions['palette']
}

/** Draw one cell in the middle of a square crop, among red cells. */
export function drawCell(options: CellOptions): DrawnField {
  const { type, seed, size = 256, umPerPixel = 0.1, palette = 'cream' } = options
  const all = complete({ seed, width: size, height: size, umPerPixel, palette, cells: 1 })
  const middle = (size * umPerPixel) / 2
  return paint(
    planScene(all, (dyes) => [{ x: middle, y: middle, plan: planCell(type, seed, dyes) }]),
    all,
  )
}

function paint(scene: Scene, options: CompleteFieldOptions): DrawnField {
  const { width, height, umPerPixel } = options
  const data = new Uint8Array(width * height * 3)
  const sigma = options.focus / umPerPixel
  const optics = { sigma, sharpening: scene.palette.sharpening, surround: sigma + SURROUND / umPerPixel }
  const margin = opticsMargin(optics)
  const extents: Extent[] = scene.cells.map(() => ({ left: width, top: height, right: -1, bottom: -1 }))
  for (let first = 0; first < height; first += BAND) {
    const last = Math.min(first + BAND, height)
    const raster = createRaster(width, last - first + 2 * margin, first - margin)
    const low = (first - margin - 1) * umPerPixel
    const high = (last + margin + 1) * umPerPixel
    const inBand = (y: number, radius: number) => y + radius > low && y - radius < high
    paintVeil(raster, umPerPixel, scene.veil, scene.palette, options.seed)
    for (const cell of scene.redCells)
      if (inBand(cell.y, 8)) paintRedCell(raster, cell, umPerPixel, scene.palette)
    for (const item of scene.below)
      if (inBand(item.y, longest(item.outline) + 2)) paintSmallThing(raster, item, umPerPixel)
    scene.cells.forEach(({ x, y, plan }, i) => {
      if (inBand(y, longest(plan.outline) + 1)) {
        paintCell(raster, plan, x, y, umPerPixel, scene.palette, extents[i]!, height)
      }
    })
    for (const item of scene.above)
      if (inBand(item.y, longest(item.outline) + 2)) paintSmallThing(raster, item, umPerPixel)
    applyOptics(raster, optics)
    expose(raster, scene.light, first, last, height, data)
  }
  const cells = scene.cells.map(({ plan }, i) => drawnCell(plan.type, extents[i]!, width, height))
  return { data, width, height, umPerPixel, cells }
}

function drawnCell(type: CellType, extent: Extent, width: number, height: number): DrawnCell {
  const { left, top, right, bottom } = extent
  return {
    box: [left, top, right - left + 1, bottom - top + 1],
    type,
    touchesEdge: left === 0 || top === 0 || right === width - 1 || bottom === height - 1,
  }
}
