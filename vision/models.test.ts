import { createHash } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { closeModels, loadDetector, loadModels } from './models.ts'

const FIXTURES = join(import.meta.dirname, 'fixtures')
const dirs: string[] = []
let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'models-'))
  dirs.push(dir)
  await cp(FIXTURES, dir, { recursive: true })
})
afterAll(() => Promise.all(dirs.map((d) => rm(d, { recursive: true }))))

async function change(name: string, edit: (card: Record<string, unknown>) => unknown) {
  const path = join(dir, name)
  const card = JSON.parse(await readFile(path, 'utf8'))
  await writeFile(path, JSON.stringify(edit(card)))
}

const failure = () => loadModels(dir).then(closeModels, (error) => error)

describe('loadModels', () => {
  it('opens both and tells their cards', async () => {
    const models = await loadModels(dir, { threads: 1 })
    expect(models.detector.card.name).toBe('fixture-detector')
    expect(models.recogniser.card.classes).toHaveLength(13)
    await closeModels(models)
  })

  it('a missing network or card', async () => {
    await rm(join(dir, 'recogniser.onnx'))
    expect(await failure()).toMatchObject({ code: 'MODEL_NOT_FOUND', file: join(dir, 'recogniser.onnx') })
    await rm(join(dir, 'detector.json'))
    expect(await failure()).toMatchObject({ code: 'MODEL_NOT_FOUND', file: join(dir, 'detector.json') })
  })

  it('a network that is not the one its card describes', async () => {
    await cp(join(dir, 'detector.onnx'), join(dir, 'recogniser.onnx'))
    const error = await failure()
    expect(error).toMatchObject({ code: 'MODEL_HASH_MISMATCH', file: join(dir, 'recogniser.onnx') })
    expect(error.message).toContain('recogniser.json')
  })

  it('bytes that are no network', async () => {
    await writeFile(join(dir, 'detector.onnx'), 'not a network')
    const sha256 = createHash('sha256').update('not a network').digest('hex')
    await change('detector.json', (card) => ({ ...card, sha256 }))
    expect(await failure()).toMatchObject({ code: 'MODEL_NOT_READABLE', file: join(dir, 'detector.onnx') })
  })

  it('a network without the similarity that its card promises', async () => {
    await change('recogniser.json', (card) => ({
      ...card,
      usualSimilarity: { median: 2, fifth: 0, twentieth: 0 },
    }))
    expect(await failure()).toMatchObject({ code: 'MODEL_CARD_INVALID' })
    const other = JSON.parse(await readFile(join(dir, 'detector.json'), 'utf8'))
    await change('recogniser.json', (card) => ({
      ...card,
      ...{ file: 'detector.onnx', sha256: other.sha256 },
      usualSimilarity: { median: 0.9, fifth: 0.8, twentieth: 0.7 },
    }))
    const error = await failure()
    expect(error.code).toBe('MODEL_NOT_READABLE')
    expect(error.message).toContain('similarity')
  })

  it('a network of another task', async () => {
    const other = JSON.parse(await readFile(join(dir, 'recogniser.json'), 'utf8'))
    await change('detector.json', (card) => ({ ...card, file: 'recogniser.onnx', sha256: other.sha256 }))
    const error = await loadDetector(dir).catch((e) => e)
    expect(error.code).toBe('MODEL_NOT_READABLE')
    expect(error.message).toContain('image, boxes, scores')
  })

  it.each([
    ['no scale', ({ umPerPixel: _, ...card }: Record<string, unknown>) => card],
    ['a threshold above 1', (card: object) => ({ ...card, scoreThreshold: 1.2 })],
    [
      'a calibration that turns scores round',
      (card: object) => ({ ...card, scoreCalibration: { slope: -1, offset: 0 } }),
    ],
    ['another task', (card: object) => ({ ...card, task: 'recogniser' })],
    ['a file elsewhere', (card: object) => ({ ...card, file: '../secret.onnx' })],
    ['an overlap as large as the tile', (card: object) => ({ ...card, tile: { size: 512, overlap: 512 } })],
    ['a tile that is no multiple', (card: object) => ({ ...card, tile: { size: 500, overlap: 64 } })],
    ['no object', () => []],
  ])('a card with %s', async (_, edit) => {
    await change('detector.json', edit)
    expect(await failure()).toMatchObject({ code: 'MODEL_CARD_INVALID', file: join(dir, 'detector.json') })
  })

  it('a card whose classes are in another order', async () => {
    await change('recogniser.json', (card) => ({ ...card, classes: (card.classes as string[]).toReversed() }))
    expect(await failure()).toMatchObject({ code: 'MODEL_CARD_INVALID' })
  })

  it('a card that is not JSON', async () => {
    await writeFile(join(dir, 'detector.json'), '{')
    expect(await failure()).toMatchObject({ code: 'MODEL_CARD_INVALID' })
  })
})
