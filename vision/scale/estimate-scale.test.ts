import { describe, expect, it } from 'vitest'
import { drawField, seededRandom } from '../../testkit/index.ts'
import { imageFromRaster } from '../decode.ts'
import { drawDiscs, scatter } from '../fixtures/discs.ts'
import { estimateScale, NOTHING_SEEN } from './estimate-scale.ts'
import { findDiscs } from './find-discs.ts'

const paleField = (width: number, height: number) => imageFromRaster(drawDiscs(width, height, []))

describe('findDiscs', () => {
  /** Bright discs on dark ground, one channel. */
  function plane(width: number, height: number, discs: { x: number; y: number; radius: number }[]) {
    const data = new Float32Array(width * height)
    for (let i = 0; i < data.length; i++) {
      const [x, y] = [i % width, Math.floor(i / width)]
      data[i] = Math.max(
        0,
        ...discs.map((d) => Math.min(Math.max(d.radius + 0.5 - Math.hypot(x - d.x, y - d.y), 0), 1)),
      )
    }
    return { data, width, height }
  }

  it.each([8, 10, 13, 17, 25, 40, 60])('measures a disc of radius %i', (radius) => {
    const found = findDiscs(plane(240, 200, [{ x: 110, y: 90, radius }]), 0.05)
    expect(found).toHaveLength(1)
    expect(Math.hypot(found[0]!.x - 110, found[0]!.y - 90)).toBeLessThan(0.2 * radius + 1)
    expect(Math.abs(found[0]!.radius / radius - 1)).toBeLessThan(0.12)
    expect(found[0]!.support).toBeGreaterThan(0.8)
  })

  it('tells overlapping discs apart', () => {
    const discs = [{ x: 70, y: 80, radius: 24 }, { x: 108, y: 84, radius: 24 }, { x: 90, y: 118, radius: 24 }] // biome-ignore format: pairs
    const found = findDiscs(plane(200, 200, discs), 0.05).filter(
      ({ radius }) => Math.abs(radius / 24 - 1) < 0.15,
    )
    for (const { x, y } of discs) expect(found.some((d) => Math.hypot(d.x - x, d.y - y) < 5)).toBe(true)
  })

  it('passes over holes and empty planes', () => {
    const ring = plane(200, 200, [{ x: 100, y: 100, radius: 30 }])
    expect(findDiscs({ ...ring, data: ring.data.map((v) => 1 - v) }, 0.05)).toEqual([])
    expect(findDiscs(plane(200, 200, []), 0.05)).toEqual([])
    expect(findDiscs(plane(5, 5, []), 0.05)).toEqual([])
  })
})

describe('estimateScale', () => {
  it.each([
    [0.08, 500, 400],
    [0.25, 300, 240],
  ])('finds %f µm per pixel on a synthetic field', async (umPerPixel, width, height) => {
    const field = drawField({ seed: 5, width, height, umPerPixel, redCells: 0.35 })
    const estimate = await estimateScale(imageFromRaster(field))
    expect(Math.abs(estimate.umPerPixel / umPerPixel - 1)).toBeLessThan(0.2)
    expect(estimate.sure).toBe(true)
    expect(estimate.redCells).toBeGreaterThanOrEqual(5)
  })

  it.each([
    ['touching red cells', { redCells: 0.75 }],
    ['pale red cells', { stain: 0.5, palette: 'lilac' }],
    ['few and pale red cells', { redCells: 0.1, stain: 0.5, palette: 'lilac', cells: 6 }],
    ['red cells out of focus', { redCells: 0.5, focus: 0.5 }],
    ['red cells among many nucleated cells', { redCells: 0.12, cells: { perMm2: 3000 }, palette: 'grey' }],
  ] as const)('finds the scale within a tenth: %s', async (_, options) => {
    for (const seed of [1, 2, 3]) {
      const field = drawField({ ...options, seed, width: 640, height: 480, umPerPixel: 0.1 })
      const { umPerPixel, spread } = await estimateScale(imageFromRaster(field))
      expect(Math.abs(umPerPixel / 0.1 - 1)).toBeLessThan(0.1)
      expect(Math.abs(Math.log(umPerPixel / 0.1))).toBeLessThan(2 * spread)
    }
  })

  it('looks closer where a wide field leaves the red cells too small', async () => {
    const cells = scatter(2600, 2000, 44, 14, 14.4, seededRandom(1).next)
    const [red, nuclei] = [cells.filter((_, i) => i % 9 > 0), cells.filter((_, i) => i % 9 === 0)]
    const estimate = await estimateScale(imageFromRaster(drawDiscs(2600, 2000, nuclei, red)))
    expect(Math.abs(estimate.umPerPixel / 0.25 - 1)).toBeLessThan(0.1)
    expect(estimate.sure).toBe(true)
  })

  it('is unsure where nuclei are all there is, and not far off', async () => {
    const field = drawField({ seed: 7, umPerPixel: 0.2, width: 400, height: 300, redCells: 0, cells: 14 })
    const estimate = await estimateScale(imageFromRaster(field))
    expect(estimate.sure).toBe(false)
    expect(Math.abs(estimate.umPerPixel / 0.2 - 1)).toBeLessThan(0.6)
  })

  it('falls back on a stated scale where there is nothing', async () => {
    expect(await estimateScale(paleField(400, 300))).toEqual(NOTHING_SEEN)
    expect(await estimateScale(paleField(1, 1))).toEqual(NOTHING_SEEN)
    expect(await estimateScale(paleField(3000, 20))).toEqual(NOTHING_SEEN)
  })
})
