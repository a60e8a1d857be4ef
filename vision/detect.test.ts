import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { iou } from './box.ts'
import { imageFromRaster } from './decode.ts'
import { type DetectedCell, detectCells } from './detect.ts'
import { type DrawnDisc, drawDiscs, scatter } from './fixtures/discs.ts'
import { closeModels, type Detector, loadDetector } from './models.ts'
import { calibratedScore } from './score-calibration.ts'

let detector: Detector
beforeAll(async () => {
  detector = await loadDetector(join(import.meta.dirname, 'fixtures'), { threads: 1 })
})
afterAll(() => closeModels({ detector }))

/** The same network, cut into tiles of another size. */
const tiled = (size: number, overlap = 128) => ({
  detector: { ...detector, card: { ...detector.card, tile: { size, overlap } } },
})

/** Working scale: one pixel of these pictures is 0.25 µm. */
const find = (width: number, height: number, discs: DrawnDisc[], size = 2048) =>
  detectCells(tiled(size), imageFromRaster(drawDiscs(width, height, discs)), 0.25)

const visible = ({ x, y, radius }: DrawnDisc, width: number, height: number): DetectedCell['box'] => {
  const [left, top] = [Math.max(0, x - radius), Math.max(0, y - radius)]
  return [left, top, Math.min(width, x + radius) - left, Math.min(height, y + radius) - top]
}

function expectFound(cells: DetectedCell[], discs: DrawnDisc[], width: number, height: number) {
  expect(cells).toHaveLength(discs.length)
  for (const disc of discs) {
    const hits = cells.filter(({ box }) => iou(box, visible(disc, width, height)) > 0.7)
    expect([disc, hits.length]).toEqual([disc, 1])
  }
}

const seeded = (seed: number) => () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return seed / 2 ** 32
}

describe('detectCells', () => {
  it('finds discs, with their boxes, sorted by y', async () => {
    const discs = [{ x: 60, y: 200, radius: 20 }, { x: 180, y: 60, radius: 24 }, { x: 250, y: 170, radius: 15 }] // biome-ignore format: pairs
    const cells = await find(320, 256, discs)
    expectFound(cells, discs, 320, 256)
    expect(cells.map(({ box }) => box[1])).toEqual(cells.map(({ box }) => box[1]).toSorted((a, b) => a - b))
    for (const { box, score } of cells) {
      expect(score).toBeGreaterThanOrEqual(0.5)
      expect(box.map((v) => Math.round(v * 10) / 10)).toEqual(box)
    }
  })

  it('finds nothing on an empty field', async () => {
    expect(await find(200, 100, [])).toEqual([])
    expect(await find(1, 1, [])).toEqual([])
  })

  it('counts a cell on a seam once, wherever it lies', async () => {
    // Tiles of 256 begin at 0, 122 and 244: the disc wanders over every edge between them.
    for (let x = 100; x <= 400; x += 9) {
      const discs = [{ x, y: 60, radius: 18 }]
      expectFound(await find(500, 128, discs, 256), discs, 500, 128)
    }
  })

  it('gives the same cells in tiles as in one piece', async () => {
    const scene = fc.record({
      seed: fc.integer({ min: 1, max: 1e6 }),
      width: fc.integer({ min: 300, max: 900 }),
      height: fc.integer({ min: 120, max: 700 }),
      size: fc.constantFrom(256, 288, 384),
    })
    await fc.assert(
      fc.asyncProperty(scene, async ({ seed, width, height, size }) => {
        const discs = scatter(width, height, 100, 20, 18, seeded(seed))
        const whole = await find(width, height, discs)
        const pieces = await find(width, height, discs, size)
        expectFound(whole, discs, width, height)
        expect(pieces).toHaveLength(whole.length)
        for (const { box } of whole) {
          expect(pieces.filter((other) => iou(other.box, box) > 0.85)).toHaveLength(1)
        }
      }),
      { numRuns: 12 },
    )
  })

  it('answers in pixels of the original at any scale', async () => {
    for (const umPerPixel of [0.05, 0.1, 0.25, 0.5]) {
      const pixels = (um: number) => um / umPerPixel
      const discs = [{ x: pixels(20), y: pixels(30), radius: pixels(4.5) }, { x: pixels(60), y: pixels(40), radius: pixels(5) }] // biome-ignore format: pairs
      const [width, height] = [pixels(90), pixels(70)]
      const image = imageFromRaster(drawDiscs(width, height, discs))
      expectFound(await detectCells({ detector }, image, umPerPixel), discs, width, height)
    }
  })

  it('says which cells touch the edge, and keeps boxes inside the image', async () => {
    const discs = [{ x: 10, y: 100, radius: 18 }, { x: 100, y: 100, radius: 18 }, { x: 190, y: 190, radius: 18 }] // biome-ignore format: pairs
    const cells = await find(200, 200, discs)
    const touching = cells.map(({ box, touchesEdge }) => [Math.round(box[0] / 10), touchesEdge])
    expect(touching).toEqual([[0, true], [8, false], [17, true]]) // biome-ignore format: pairs
    for (const {
      box: [x, y, w, h],
    } of cells) {
      // biome-ignore format: short
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
      expect(Math.max(x + w, y + h)).toBeLessThanOrEqual(200)
    }
  })

  it('leaves no two boxes for one cell at the edge, where they differ only outside of the picture', async () => {
    const edges = [-14, -8, 0, 8].map((x, i) => ({ x, y: 30 + 60 * i, radius: 20 + 2 * i }))
    const image = imageFromRaster(drawDiscs(96, 260, edges))
    const cells = await detectCells({ detector }, image, 0.25, { scoreThreshold: 0 })
    expect(cells.length).toBeGreaterThan(20)
    const overlaps = cells.flatMap((one, i) => cells.slice(i + 1).map((other) => iou(one.box, other.box)))
    // Boxes are rounded to tenths after suppression.
    expect(Math.max(...overlaps)).toBeLessThanOrEqual(detector.card.nmsIou + 0.01)
  })

  it('takes another threshold for a curve', async () => {
    const image = imageFromRaster(drawDiscs(200, 200, [{ x: 100, y: 100, radius: 18 }]))
    expect(await detectCells({ detector }, image, 0.25, { scoreThreshold: 1.01 })).toEqual([])
    expect((await detectCells({ detector }, image, 0.25, { scoreThreshold: 0 })).length).toBeGreaterThan(1)
  })

  it('stops between two tiles, and says how far it is', async () => {
    const controller = new AbortController()
    const image = imageFromRaster(drawDiscs(600, 128, [{ x: 60, y: 60, radius: 18 }]))
    const steps: [number, number][] = []
    const onProgress = (done: number, cells: number) => {
      steps.push([done, cells])
      controller.abort(new Error('enough'))
    }
    await expect(
      detectCells(tiled(256), image, 0.25, { signal: controller.signal, onProgress }),
    ).rejects.toThrow('enough')
    expect(steps).toEqual([[1 / 4, 1]])
  })
})

describe('a card with a calibration of the scores', () => {
  const calibration = { slope: 2, offset: -1 }
  const calibrated = {
    detector: () => ({ ...detector, card: { ...detector.card, scoreCalibration: calibration } }),
  }
  const discs = [{ x: 60, y: 200, radius: 20 }, { x: 180, y: 60, radius: 24 }] // biome-ignore format: pairs

  it('gives the same boxes with the scores made probabilities', async () => {
    const image = imageFromRaster(drawDiscs(320, 256, discs))
    const plain = await detectCells({ detector }, image, 0.25, { scoreThreshold: 0.1 })
    const threshold = calibratedScore(0.1, calibration)
    const cells = await detectCells({ detector: calibrated.detector() }, image, 0.25, {
      scoreThreshold: threshold,
    })
    expect(plain.length).toBeGreaterThan(0)
    expect(cells.map(({ box }) => box)).toEqual(plain.map(({ box }) => box))
    cells.forEach(({ score }, i) => {
      expect(score).toBeCloseTo(calibratedScore(plain[i]!.score, calibration), 6)
    })
  })

  it('holds the threshold against the probability', async () => {
    const image = imageFromRaster(drawDiscs(320, 256, discs))
    const [first] = await detectCells({ detector }, image, 0.25)
    const probability = calibratedScore(first!.score, calibration)
    const at = (scoreThreshold: number) =>
      detectCells({ detector: calibrated.detector() }, image, 0.25, { scoreThreshold })
    const found = (cells: DetectedCell[]) => cells.some(({ box }) => iou(box, first!.box) > 0.99)
    expect(found(await at(probability - 0.001))).toBe(true)
    expect(found(await at(probability + 0.001))).toBe(false)
  })
})
