import { describe, expect, test } from 'vitest'
import type { CellType } from '../../cytology/index.ts'
import { planCell } from '../../testkit/cell.ts'
import { drawCell, PALETTES, type PaletteName } from '../../testkit/index.ts'
import { distanceToNucleus } from '../../testkit/nucleus.ts'
import { edgeTowards } from '../../testkit/outline.ts'
import type { Raster } from '../decode.ts'
import { measureCell } from './measure-cell.ts'

const UM = 0.1
const palettes = Object.keys(PALETTES) as PaletteName[]

/** A drawn cell as measured, and as its plan has it. */
function drawn(type: CellType, seed: number) {
  const palette = palettes[seed % palettes.length]!
  const field = drawCell({ type, seed, palette })
  const { outline, nucleus } = planCell(type, seed, PALETTES[palette])
  let [whole, inner] = [0, 0]
  const step = 0.15
  for (let y = -13; y < 13; y += step) {
    for (let x = -13; x < 13; x += step) {
      if (edgeTowards(outline, x, y) <= Math.hypot(x, y)) continue
      whole++
      if (distanceToNucleus(nucleus, x, y) < 0) inner++
    }
  }
  const diameter = (points: number) => 2 * step * Math.sqrt(points / Math.PI)
  const measured = measureCell(field, field.cells[0]!.box, UM)
  return { measured, cell: diameter(whole), nucleus: diameter(inner), ncRatio: inner / whole }
}

const median = (values: readonly (number | null)[]) =>
  values.filter((value) => value !== null).sort((a, b) => a - b)[values.length >> 1]!
const SEEDS = [1, 2, 3, 4, 5, 6]

describe('a drawn cell', () => {
  test.each<CellType>([
    ...(['blast', 'myelocyte', 'metamyelocyte', 'segmented_neutrophil'] as const),
    ...(['eosinophil', 'monocyte', 'lymphocyte', 'plasma_cell', 'erythroblast'] as const),
  ])('%s has the size that it was drawn with', (type) => {
    for (const seed of SEEDS) {
      const { measured, cell, nucleus, ncRatio } = drawn(type, seed)
      expect(measured.cut).toBe(false)
      expect(Math.abs(measured.cellDiameterUm! / cell - 1), `cell ${seed}`).toBeLessThan(0.1)
      expect(Math.abs(measured.nucleusDiameterUm! / nucleus - 1), `nucleus ${seed}`).toBeLessThan(0.1)
      expect(Math.abs(measured.ncRatio! - ncRatio), `N:C ${seed}`).toBeLessThan(0.1)
    }
  })

  test('a round nucleus is rounder than a kidney, and a kidney than lobes', () => {
    const round = (type: CellType) => median(SEEDS.map((seed) => drawn(type, seed).measured.nuclearRoundness))
    expect(round('erythroblast')).toBeGreaterThan(0.95)
    expect(round('erythroblast')).toBeGreaterThan(round('metamyelocyte'))
    expect(round('metamyelocyte')).toBeGreaterThan(round('segmented_neutrophil'))
  })

  test('granules and colours are told apart', () => {
    const of = (type: CellType, key: 'cytoplasmGranularity' | 'cytoplasmBlueness') =>
      median(SEEDS.map((seed) => drawn(type, seed).measured[key]))
    expect(of('promyelocyte', 'cytoplasmGranularity')).toBeGreaterThan(
      2 * of('blast', 'cytoplasmGranularity'),
    )
    expect(of('plasma_cell', 'cytoplasmBlueness')).toBeGreaterThan(of('monocyte', 'cytoplasmBlueness'))
    expect(of('monocyte', 'cytoplasmBlueness')).toBeGreaterThan(
      of('segmented_neutrophil', 'cytoplasmBlueness'),
    )
    expect(of('segmented_neutrophil', 'cytoplasmBlueness')).toBeGreaterThan(
      of('eosinophil', 'cytoplasmBlueness'),
    )
  })

  test('the scale of the photograph changes little', () => {
    const sizes = [0.07, 0.1, 0.16, 0.25].map((umPerPixel) => {
      const size = Math.round(25.6 / umPerPixel)
      const field = drawCell({ type: 'myelocyte', seed: 3, size, umPerPixel })
      return measureCell(field, field.cells[0]!.box, umPerPixel)
    })
    for (const { cellDiameterUm, ncRatio } of sizes) {
      expect(Math.abs(cellDiameterUm! / sizes[1]!.cellDiameterUm! - 1)).toBeLessThan(0.04)
      expect(Math.abs(ncRatio! - sizes[1]!.ncRatio!)).toBeLessThan(0.05)
    }
  })
})

/** Pale ground with a pink cell of 6 µm radius and dark discs in it, [x, y, radius] in µm from its middle. */
function painted(lobes: readonly (readonly [number, number, number])[]): Raster {
  const side = 240
  const data = new Uint8Array(side * side * 3)
  for (let i = 0; i < side * side; i++) {
    const [x, y] = [((i % side) + 0.5 - side / 2) * UM, (Math.floor(i / side) + 0.5 - side / 2) * UM]
    const inNucleus = lobes.some(([lx, ly, r]) => Math.hypot(x - lx, y - ly) < r)
    const colour = inNucleus ? [80, 30, 140] : Math.hypot(x, y) < 6 ? [215, 180, 200] : [240, 238, 240]
    data.set(colour, 3 * i)
  }
  return { data, width: side, height: side }
}
const BOX: [number, number, number, number] = [60, 60, 120, 120]

describe('a cell of discs', () => {
  test.each([
    [1, [[0, 0, 3.5]]],
    [2, [...[[-2.6, 0, 1.9]], ...[[2.6, 0, 1.9]], ...thread(-2.6, 2.6, 0)]],
    [2, [...[[-2.6, 0, 1.9]], ...[[2.6, 0, 1.9]]]],
    [3, [...[[-3.4, 0, 1.4]], ...[[0, 0, 1.4]], ...[[3.4, 0, 1.4]], ...thread(-3.4, 3.4, 0)]],
  ] as [number, [number, number, number][]][])('has %i lobes', (lobes, discs) => {
    expect(measureCell(painted(discs), BOX, UM).nuclearLobes).toBe(lobes)
  })

  test('a band of one width is one lobe, and not round', () => {
    const { nuclearLobes, nuclearRoundness } = measureCell(painted(thread(-3.6, 3.6, 0, 1.4)), BOX, UM)
    expect(nuclearLobes).toBe(1)
    expect(nuclearRoundness).toBeLessThan(0.75)
  })

  test('a disc is measured to a few per cent', () => {
    const measured = measureCell(painted([[0, 0, 3.5]]), BOX, UM)
    expect(measured.cellDiameterUm! / 12).toBeCloseTo(1, 1)
    expect(measured.nucleusDiameterUm! / 7).toBeCloseTo(1, 1)
    expect(measured.nuclearRoundness).toBeGreaterThan(0.96)
    expect(measured.cytoplasmGranularity).toBeLessThan(0.01)
  })
})

/** Discs in a row from x to x. */
function thread(from: number, to: number, y: number, radius = 0.3): [number, number, number][] {
  return Array.from({ length: Math.round((to - from) / 0.1) + 1 }, (_, i) => [from + i * 0.1, y, radius])
}

describe('what cannot be measured', () => {
  const field = painted([[0, 0, 3.5]])
  const sizes = { cellDiameterUm: null, nucleusDiameterUm: null, ncRatio: null, nuclearRoundness: null }

  test('a cell that the border cuts has a colour, no size', () => {
    // The raster begins in the middle of the cell.
    const half = { ...field, height: 120, data: field.data.subarray(120 * 240 * 3) }
    expect(measureCell(half, [60, 0, 120, 60], UM)).toMatchObject({
      ...sizes,
      nuclearLobes: null,
      cut: true,
      cytoplasmBlueness: expect.any(Number),
    })
  })

  test.each([
    ['a box without a nucleus', [0, 100, 45, 45]],
    ['a tiny box', [118, 118, 3, 3]],
    ['a box without a side', [118, 118, 0, 40]],
    ['a box outside of the field', [900, 900, 50, 50]],
    ['a box of numbers that are none', [Number.NaN, 60, 120, 120]],
  ] as [string, [number, number, number, number]][])('%s', (_, box) => {
    expect(measureCell(field, box, UM)).toMatchObject({ ...sizes, cytoplasmBlueness: null })
  })

  test('an even field', () => {
    const grey = { data: new Uint8Array(200 * 200 * 3).fill(128), width: 200, height: 200 }
    expect(measureCell(grey, [50, 50, 100, 100], UM)).toMatchObject({ ...sizes, cut: false })
  })
})
