import { expect, it } from 'vitest'
import { imageFromRaster } from './decode.ts'
import { drawDiscs } from './fixtures/discs.ts'
import { raster } from './raster.ts'

const image = imageFromRaster(drawDiscs(101, 50, [{ x: 40, y: 20, radius: 10 }]), 'drawn')

it('brings a field to another scale', async () => {
  const half = await raster(image, 0.1, 0.2)
  expect([half.width, half.height]).toEqual([51, 25])
  expect(half.data.length).toBe(51 * 25 * 3)
  const at = (10 * 51 + 20) * 3
  expect([...half.data.subarray(at, at + 3)]).toEqual([90, 30, 140])
  const twice = await raster(image, 0.2, 0.1)
  expect([twice.width, twice.height]).toEqual([202, 100])
})

it('makes a raster once for a scale', async () => {
  expect(raster(image, 0.1, 0.3)).toBe(raster(image, 0.1, 0.3))
  expect(raster(image, 0.1, 0.3)).not.toBe(raster(image, 0.1, 0.4))
})

it('is never empty', async () => {
  const dot = await raster(image, 0.01, 5)
  expect([dot.width, dot.height]).toEqual([1, 1])
})

it('refuses what would not fit in memory', async () => {
  await expect(raster(image, 5, 0.0025)).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE', file: 'drawn' })
})
