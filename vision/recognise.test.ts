import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CELL_CLASSES } from '../cytology/index.ts'
import { crops, type Point } from './crops.ts'
import { imageFromRaster, type Raster } from './decode.ts'
import { drawDiscs } from './fixtures/discs.ts'
import { closeModels, loadRecogniser, type Recogniser } from './models.ts'
import { recogniseCells } from './recognise.ts'

let recogniser: Recogniser
beforeAll(async () => {
  recogniser = await loadRecogniser(join(import.meta.dirname, 'fixtures'), { threads: 1 })
})
afterAll(() => closeModels({ recogniser }))

const flat = (width: number, height: number, colour: number[]): Raster => ({
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => colour[i % 3]!),
  width,
  height,
})

describe('crops', () => {
  it('are centred, one behind the other, and repeat the edge', () => {
    const raster = drawDiscs(40, 30, [{ x: 20, y: 15, radius: 5 }])
    const { data, corners } = crops(raster, [[20, 15], [0, 0]], 8) // biome-ignore format: pairs
    expect(corners).toEqual([[16, 11], [-4, -4]]) // biome-ignore format: pairs
    const pixel = (i: number, x: number, y: number) => [
      ...data.subarray(((i * 8 + y) * 8 + x) * 3).subarray(0, 3),
    ]
    for (let y = 0; y < 8; y++) {
      for (let x = 0; x < 8; x++) {
        const at = ((11 + y) * 40 + 16 + x) * 3
        expect(pixel(0, x, y)).toEqual([...raster.data.subarray(at, at + 3)])
      }
    }
    expect(pixel(0, 4, 4)).toEqual([90, 30, 140])
    expect(pixel(1, 0, 0)).toEqual([235, 225, 220])
  })
})

describe('recogniseCells', () => {
  it('gives calibrated probabilities, a unit embedding and places in the image', async () => {
    const image = imageFromRaster(flat(300, 200, [150, 90, 160]))
    const centres: Point[] = [[150, 100], [2, 3], [299, 199]] // biome-ignore format: pairs
    const found = await recogniseCells({ recogniser }, image, 0.25, centres)
    expect(found).toHaveLength(3)
    for (const { type, probability, probabilities, embedding, regions } of found) {
      expect(Object.keys(probabilities)).toEqual([...CELL_CLASSES])
      expect(Object.values(probabilities).reduce((a, b) => a + b)).toBeCloseTo(1, 5)
      expect(probability).toBe(Math.max(...Object.values(probabilities)))
      expect(probabilities[type]).toBe(probability)
      expect(embedding.reduce((sum, v) => sum + v * v, 0)).toBeCloseTo(1, 5)
      for (const [x, y] of regions) {
        expect(x).toBeGreaterThanOrEqual(0)
        expect(y).toBeGreaterThanOrEqual(0)
        expect(x).toBeLessThanOrEqual(300)
        expect(y).toBeLessThanOrEqual(200)
      }
    }
    // The fixture always chooses (24, 24) and (48, 60) of its 96 pixels.
    expect(found[0]!.regions).toEqual([[126, 76], [150, 112]]) // biome-ignore format: pairs
  })

  it('keeps the order over batches and tells cells apart by what is in the crop', async () => {
    const [width, height] = [4000, 96]
    const image = imageFromRaster(drawDiscs(width, height, [{ x: 2048, y: 48, radius: 40 }]))
    const centres = Array.from({ length: 41 }, (_, i): Point => [48 + i * 96, 48])
    const found = await recogniseCells({ recogniser }, image, 0.25, centres)
    expect(found).toHaveLength(41)
    // The disc lies within crop 20 and 21 only.
    const pale = found[0]!.probabilities
    found.forEach(({ probabilities }, i) => {
      const same = Object.entries(pale).every(([id, p]) => Math.abs(probabilities[id as 'blast'] - p) < 1e-6)
      expect([i, same]).toEqual([i, i !== 20 && i !== 21])
    })
    const inSevens = await recogniseCells({ recogniser }, image, 0.25, centres, { batch: 7 })
    expect(inSevens.map(({ type }) => type)).toEqual(found.map(({ type }) => type))
    const alone = await recogniseCells({ recogniser }, image, 0.25, [centres[20]!])
    expect(alone[0]!.type).toBe(found[20]!.type)
    expect(alone[0]!.probability).toBeCloseTo(found[20]!.probability, 6)
  })

  it('says which cells look unlike what was taught, where the card says what is usual', async () => {
    // Mean colour by 128, less 1, is the fixture's similarity; below 0.1 it is unusual.
    const dark = imageFromRaster(flat(100, 100, [150, 90, 160]))
    const pale = imageFromRaster(flat(100, 100, [235, 225, 220]))
    const unfamiliar = async (one: Recogniser, image = dark) =>
      (await recogniseCells({ recogniser: one }, image, 0.25, [[50, 50]]))[0]!.unfamiliar
    expect([await unfamiliar(recogniser), await unfamiliar(recogniser, pale)]).toEqual([true, false])
    const { usualSimilarity: _, ...card } = recogniser.card
    expect(await unfamiliar({ ...recogniser, card })).toBeNull()
  })

  it('places regions in pixels of the original', async () => {
    const image = imageFromRaster(flat(1000, 800, [150, 90, 160]))
    const [cell] = await recogniseCells({ recogniser }, image, 0.1, [[500, 400]])
    expect(cell!.regions.map((p) => p.map(Math.round))).toEqual([[440, 340], [500, 430]]) // biome-ignore format: pairs
  })

  it('has nothing to do without cells, and stops between batches', async () => {
    const image = imageFromRaster(flat(100, 100, [0, 0, 0]))
    expect(await recogniseCells({ recogniser }, image, 0.25, [])).toEqual([])
    const controller = new AbortController()
    const centres = Array.from({ length: 40 }, (): Point => [50, 50])
    const onProgress = () => controller.abort(new Error('enough'))
    const stopped = recogniseCells({ recogniser }, image, 0.25, centres, {
      signal: controller.signal,
      onProgress,
    })
    await expect(stopped).rejects.toThrow('enough')
  })
})
