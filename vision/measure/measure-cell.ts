import { type CellMeasurements, nothingMeasured } from '../../cytology/index.ts'
import { type Box, clip } from '../box.ts'
import type { Raster } from '../decode.ts'
import { cellWindow, WINDOW_UM_PER_PIXEL as UM } from './cell-window.ts'
import { cytoplasmFigures } from './cytoplasm-figures.ts'
import { area, type Mask, perimeter } from './mask.ts'
import { nuclearLobes } from './nuclear-lobes.ts'
import { outlineCell } from './outline-cell.ts'
import { LEAST_NUCLEUS, nucleusOfBox, outlineNucleus, purple } from './outline-nucleus.ts'

/** Pixels; a cell whose box ends nearer to the border than this may be cut by it; as the detector has it. */
const EDGE = 2
/** µm; no nucleated cell is smaller, and no box larger than that of a megakaryocyte is worth the time. */
const LEAST_SIDE = 4
const MOST_SIDE = 100

/**
 * Measures the cell in a box (pixels of the raster) by shape and colour, without a network. What cannot be measured is
 * null: sizes and shape of a cell that the border cuts, everything where no nucleus is found in the box.
 */
export function measureCell(raster: Raster, box: Box, umPerPixel: number): CellMeasurements {
  const seen = outlines(raster, box, umPerPixel)
  const cut = isCut(raster, box)
  if (!seen) return nothingMeasured(cut)
  const { window, cell, nucleus } = seen
  const { cytoplasmGranularity, cytoplasmBlueness } = cytoplasmFigures(window, cell, nucleus)
  const colours = {
    cytoplasmGranularity: rounded(cytoplasmGranularity, 4),
    cytoplasmBlueness: rounded(cytoplasmBlueness, 3),
  }
  if (cut) return { ...nothingMeasured(true), ...colours }
  const [whole, inner] = [area(cell), area(nucleus)]
  return {
    cellDiameterUm: rounded(diameter(whole), 2),
    nucleusDiameterUm: rounded(diameter(inner), 2),
    ncRatio: rounded(inner / whole, 3),
    nuclearRoundness: rounded(Math.min(1, (4 * Math.PI * inner) / perimeter(nucleus) ** 2), 3),
    nuclearLobes: nuclearLobes(nucleus),
    ...colours,
    cut,
  }
}

/** The masks of a cell and its nucleus, at the working scale; undefined where there is none. */
function outlines(raster: Raster, box: Box, umPerPixel: number) {
  const inside = clip(box, raster.width, raster.height)
  const [w, h] = [inside[2] * umPerPixel, inside[3] * umPerPixel]
  if (!(Math.min(w, h) >= LEAST_SIDE && Math.max(w, h) <= MOST_SIDE)) return undefined
  const window = cellWindow(raster, inside, umPerPixel)
  const stained = purple(window)
  const guess = nucleusOfBox(window, stained)
  if (area(guess) * UM ** 2 < LEAST_NUCLEUS) return undefined
  const cell = outlineCell(window, guess, stained)
  const nucleus: Mask | undefined = outlineNucleus(window, cell, guess)
  return nucleus && { window, cell, nucleus }
}

function isCut({ width, height }: Raster, [x, y, w, h]: Box): boolean {
  return Math.min(x, y, width - x - w, height - y - h) < EDGE
}

/** µm, of the circle with so many working pixels. */
function diameter(pixels: number): number {
  return 2 * Math.sqrt(pixels / Math.PI) * UM
}

function rounded<T extends number | null>(value: T, digits: number): T {
  return (value === null ? null : Number(value.toFixed(digits))) as T
}
