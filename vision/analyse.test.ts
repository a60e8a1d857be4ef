import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { analyseField } from './analyse.ts'
import { imageFromRaster } from './decode.ts'
import { drawDiscs, scatter } from './fixtures/discs.ts'
import { closeModels, loadModels, type Models } from './models.ts'
import { AnalysisResult, analysisResult } from './result.ts'

let models: Models
let dir: string
beforeAll(async () => {
  models = await loadModels(join(import.meta.dirname, 'fixtures'), { threads: 1 })
  dir = await mkdtemp(join(tmpdir(), 'analyse-'))
})
afterAll(async () => {
  await closeModels(models)
  await rm(dir, { recursive: true })
})

const discs = [{ x: 60, y: 50, radius: 18 }, { x: 200, y: 90, radius: 18 }, { x: 120, y: 150, radius: 18 }] // biome-ignore format: pairs
const raster = drawDiscs(280, 200, discs)
const field = imageFromRaster(raster, 'drawn')
const picture = () => sharp(raster.data, { raw: { width: 280, height: 200, channels: 3 } })

describe('analyseField', () => {
  it('goes from an image to named cells', async () => {
    const result = await analyseField(models, field, { umPerPixel: 0.25, number: 4 })
    expect(result).toMatchObject({ file: 'drawn', width: 280, height: 200, warnings: [] })
    expect(result.scale).toEqual({ umPerPixel: 0.25, source: 'given' })
    expect(result.cells.map(({ id }) => id)).toEqual(['4-1', '4-2', '4-3'])
    result.cells.forEach(({ box: [x, y, w, h], touchesEdge }, i) => {
      const disc = [discs[0]!, discs[1]!, discs[2]!][i]!
      expect(Math.hypot(x + w / 2 - disc.x, y + h / 2 - disc.y)).toBeLessThan(2)
      expect(touchesEdge).toBe(false)
    })
  })

  it('takes the scale of the metadata, and the given one before it', async () => {
    const path = join(dir, 'scaled.png')
    await picture()
      .withMetadata({ density: 25400 / 0.25 })
      .png()
      .toFile(path)
    expect((await analyseField(models, path)).scale).toEqual({
      umPerPixel: expect.closeTo(0.25, 4),
      source: 'metadata',
    })
    expect((await analyseField(models, path, { umPerPixel: 0.2 })).scale).toEqual({
      umPerPixel: 0.2,
      source: 'given',
    })
  })

  it('estimates the scale from red cells, and says so', async () => {
    const red = scatter(280, 200, 40, 4, 13, () => 0.5).filter((r) =>
      discs.every((d) => Math.hypot(d.x - r.x, d.y - r.y) > 32),
    )
    const result = await analyseField(models, imageFromRaster(drawDiscs(280, 200, discs, red)))
    expect(result.scale).toEqual({ umPerPixel: expect.closeTo(0.25, 1), source: 'estimated' })
    expect(result.warnings).toEqual(['SCALE_ESTIMATED'])
    expect(result.cells).toHaveLength(3)
  })

  it('warns where it is unsure of the scale, and where there are no cells', async () => {
    const result = await analyseField(models, imageFromRaster(drawDiscs(200, 150, [])))
    expect(result.warnings).toEqual(['SCALE_ESTIMATED', 'SCALE_UNSURE', 'NO_CELLS_FOUND'])
    expect(result.scale).toEqual({ umPerPixel: 0.1, source: 'estimated' })
    expect(result.cells).toEqual([])
  })

  it('finds the same cells however the camera lay', async () => {
    const upright = await analyseField(models, field, { umPerPixel: 0.25 })
    // Stored so that the orientation tag turns it upright again.
    const stored = new Map([
      [1, picture()],
      [2, picture().flop()],
      [3, picture().rotate(180)],
      [4, picture().flip()],
      [6, picture().rotate(270)],
      [8, picture().rotate(90)],
    ])
    for (const [orientation, turnedPicture] of stored) {
      const path = join(dir, `turned-${orientation}.tif`)
      const pixels = await turnedPicture.png().toBuffer()
      await sharp(pixels).withMetadata({ orientation }).tiff({ compression: 'lzw' }).toFile(path)
      const turned = await analyseField(models, path, { umPerPixel: 0.25 })
      expect([orientation, turned.width, turned.height]).toEqual([orientation, 280, 200])
      expect(turned.cells).toEqual(upright.cells)
    }
  })

  it.each([0, -1, 0.009, 5.1, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses a scale of %f',
    async (umPerPixel) => {
      await expect(analyseField(models, field, { umPerPixel })).rejects.toMatchObject({
        code: 'SCALE_ABSURD',
      })
    },
  )

  it('tells how far it is, and stops', async () => {
    const shares: number[] = []
    await analyseField(models, field, { umPerPixel: 0.25, onProgress: (share) => shares.push(share) })
    expect(shares.at(-1)).toBe(1)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(analyseField(models, field, { umPerPixel: 0.25, signal })).rejects.toThrow('enough')
  })
})

describe('result', () => {
  it('is published as a schema that is in step', async () => {
    const published = JSON.parse(await readFile(join(import.meta.dirname, 'result.schema.json'), 'utf8'))
    expect(published).toEqual(JSON.parse(JSON.stringify(AnalysisResult)))
  })

  it('is what its schema says', async () => {
    const validate = new Ajv({ strict: false }).compile(AnalysisResult)
    const fields = [await analyseField(models, field, { umPerPixel: 0.25 })]
    const failures = [{ file: 'bad.png', code: 'FIELD_TRUNCATED', message: 'bad.png is cut short.' }]
    const result = JSON.parse(JSON.stringify(analysisResult(models, fields, failures)))
    expect(validate(result), JSON.stringify(validate.errors)).toBe(true)
    expect(result.differential.counted + result.differential.notCounted).toBe(3)
    expect(result.models.detector).toEqual({
      name: 'fixture-detector',
      version: '1',
      sha256: models.detector.card.sha256,
    })
    expect(validate(JSON.parse(JSON.stringify(analysisResult(models, []))))).toBe(true)
    result.fields[0].cells[0].type = 'megakaryocyte'
    expect(validate(result)).toBe(false)
  })
})
