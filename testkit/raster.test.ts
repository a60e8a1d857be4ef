import { expect, test } from 'vitest'
import { applyOptics, createRaster, pixelsWithin } from './raster.ts'

/** A single dark point in the middle of a bright field, seen through optics; red channel, as darkness. */
function pointThrough(sigma: number, sharpening = 0): Float32Array {
  const raster = createRaster(41, 41, 0)
  raster.data.fill(0, (20 * 41 + 20) * 3, (20 * 41 + 20) * 3 + 3)
  applyOptics(raster, { sigma, sharpening, surround: sigma + 2 })
  return raster.data.filter((_, i) => i % 3 === 0).map((light) => 1 - light)
}

test('a blur spreads a point with its sigma and loses nothing of it', () => {
  const spread = pointThrough(2)
  const total = spread.reduce((a, b) => a + b)
  const variance = spread.reduce((sum, value, i) => sum + value * ((i % 41) - 20) ** 2, 0) / total
  expect(total).toBeCloseTo(1, 4)
  expect(Math.sqrt(variance)).toBeCloseTo(2, 0)
  expect(spread[20 * 41 + 23]).toBeCloseTo(spread[23 * 41 + 20]!, 6)
})

test('sharpening makes a point stand out and its surroundings brighter', () => {
  const plain = pointThrough(1)
  const sharp = pointThrough(1, 0.8)
  expect(sharp[20 * 41 + 20]).toBeGreaterThan(1.3 * plain[20 * 41 + 20]!)
  expect(Math.min(...sharp)).toBeLessThan(0)
  expect(pointThrough(0)[20 * 41 + 20]).toBe(1)
})

test('a region outside of the band covers no pixels', () => {
  const band = createRaster(100, 50, 200)
  expect(pixelsWithin(band, 0.5, 10, 10, 20, 20)).toBeUndefined()
  expect(pixelsWithin(band, 0.5, -5, 95, 5, 105)).toEqual({ x0: 0, y0: 200, x1: 11, y1: 211 })
})
