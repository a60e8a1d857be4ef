import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { CELL_CLASSES } from '../cytology/index.ts'
import { drawCell } from '../testkit/index.ts'
import { imageFromRaster } from './decode.ts'
import { cosine, loadKnownCells, nearestKnown } from './known-cells.ts'
import { closeModels, loadRecogniser } from './models.ts'
import { recogniseCells } from './recognise.ts'

const MODELS = join(import.meta.dirname, '../models')
const SHA = 'a'.repeat(64)
const dir = await mkdtemp(join(tmpdir(), 'known-'))
afterAll(() => rm(dir, { recursive: true }))

/** Four cells in a plane: blast, blast, monocyte, basophil; the further down, the further from [1, 0]. */
const FILE = {
  recogniser: SHA,
  classes: CELL_CLASSES,
  labels: [0, 0, 8, 7],
  dimensions: 2,
  embeddings: Buffer.from(Int8Array.of(127, 0, 100, 10, 50, 50, -20, 100).buffer).toString('base64'),
}
const load = async (edit: object = {}) => {
  await writeFile(join(dir, 'known-cells.json'), JSON.stringify({ ...FILE, ...edit }))
  return loadKnownCells(dir, SHA)
}

describe('loadKnownCells', () => {
  it('reads labels and embeddings', async () => {
    expect(await load({ licence: 'for people' })).toEqual({
      labels: [0, 0, 8, 7],
      dimensions: 2,
      embeddings: Int8Array.of(127, 0, 100, 10, 50, 50, -20, 100),
    })
  })

  it('has none where there is no file, or another recogniser made it', async () => {
    expect(await load({ recogniser: 'b'.repeat(64) })).toBeNull()
    expect(await loadKnownCells(join(dir, 'nothing'), SHA)).toBeNull()
  })

  it.each([
    ['a label beyond the classes', { labels: [0, 0, 8, CELL_CLASSES.length] }],
    ['a label too many', { labels: [0, 0, 8, 7, 7] }],
    ['classes in another order', { classes: CELL_CLASSES.toReversed() }],
    ['no bytes', { embeddings: 'these are none' }],
    ['no cells', { labels: [], embeddings: '' }],
    ['no digest', { recogniser: 'newest' }],
  ])('refuses %s', async (_, edit) => {
    await expect(load(edit)).rejects.toMatchObject({
      code: 'KNOWN_CELLS_INVALID',
      file: join(dir, 'known-cells.json'),
    })
  })
})

describe('nearestKnown', () => {
  it('counts the types of the nearest, the most frequent first, whatever the scale', async () => {
    const known = (await load())!
    const near = nearestKnown(known, [3, 0], 3)
    expect(near.types).toEqual([
      { type: 'blast', count: 2 },
      { type: 'monocyte', count: 1 },
    ])
    expect(near.similarity).toBeCloseTo((1 + 10 / Math.sqrt(101) + Math.SQRT1_2) / 3, 12)
    expect(nearestKnown(known, [0, 0.1], 2).types).toEqual([
      { type: 'basophil', count: 1 },
      { type: 'monocyte', count: 1 },
    ])
    expect(nearestKnown(known, [1, 0]).types.map(({ count }) => count)).toEqual([2, 1, 1])
  })

  it('compares a drawn cell with the shipped index, which is of the shipped recogniser', async () => {
    const recogniser = await loadRecogniser(MODELS, { threads: 1 })
    const known = await loadKnownCells(MODELS, recogniser.card.sha256)
    expect(known!.labels.length).toBeGreaterThan(2000)
    const { width, height, umPerPixel, data } = drawCell({ type: 'eosinophil', seed: 3 })
    const image = imageFromRaster({ data, width, height })
    const [cell] = await recogniseCells({ recogniser }, image, umPerPixel, [[width / 2, height / 2]])
    await closeModels({ recogniser })
    const { types, similarity } = nearestKnown(known!, cell!.embedding)
    expect(types.reduce((sum, { count }) => sum + count, 0)).toBe(20)
    expect(types[0]!.type).toBe(cell!.type)
    const best = Math.max(
      ...known!.labels.map((_, i) =>
        cosine(cell!.embedding, known!.embeddings.subarray(192 * i, 192 * i + 192)),
      ),
    )
    expect(similarity).toBeGreaterThan(0.5)
    expect(similarity).toBeLessThanOrEqual(best)
  })
})

it('alike is 1, opposite -1, and nothing is like nothing', () => {
  const [a, b] = [Int8Array.of(3, -4), Int8Array.of(-6, 8)]
  expect([cosine(a, a), cosine(a, b), cosine(a, Int8Array.of(0, 0))]).toEqual([1, -1, 0])
})
