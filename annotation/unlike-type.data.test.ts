/**
 * Whether the order 'unlike its type' finds names that are wrong and sure among real cells:
 * `MARROWSCOPE_DATA=<dir> npx vitest run annotation/unlike-type.data.test.ts`. The cells are of the validation split; those of one source
 * are the case, those of the others the known cells.
 */
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { CELL_CLASSES, type CellClass, isCellClass } from '../cytology/index.ts'
import { seededRandom } from '../testkit/index.ts'
import {
  closeModels,
  type KnownCells,
  loadRecogniser,
  openImage,
  type Recognition,
  recogniseCells,
  unlikeType,
} from '../vision/index.ts'
import { readCrops } from './layouts/read.ts'

const data = process.env.MARROWSCOPE_DATA
if (!data)
  console.warn('Skipped: unlike cells are tested on real ones; set MARROWSCOPE_DATA to their folder.')
const CASE = 'pbc'
/** Cells of the case, and of each other source. */
const MOST = 100
/** Times that names are planted anew. */
const TIMES = 20
/** Share of the cells that get a wrong name, and share of the order that is looked through. */
const PLANTED = 0.05
const LOOKED_AT = 0.1

type Seen = { source: string; type: CellClass; recognition: Recognition }
const cells: Seen[] = []

describe.skipIf(!data)('wrong names among real cells', () => {
  beforeAll(async () => {
    const recogniser = await loadRecogniser(join(import.meta.dirname, '../models'))
    const all = (await readCrops(data!, 'val')).filter(
      ({ type }) => CELL_CLASSES.indexOf(type as CellClass) < 12,
    )
    for (const some of Map.groupBy(all, ({ source }) => source).values()) {
      const every = Math.max(1, Math.floor(some.length / MOST))
      for (const { source, type, file, centre, umPerPixel } of some.filter((_, i) => i % every === 0)) {
        if (!isCellClass(type)) continue
        const [x, y] = centre
        const [recognition] = await recogniseCells({ recogniser }, await openImage(file), umPerPixel, [
          [x, y],
        ])
        cells.push({ source, type, recognition: recognition! })
      }
    }
    await closeModels({ recogniser })
  }, 300_000)

  /** Cells of the case that the network named rightly; some get the name of another, `sure`: and its probability. */
  function planted(sure: boolean, seed: number) {
    const random = seededRandom(seed)
    const own = cells.filter(({ source, type, recognition }) => source === CASE && recognition.type === type)
    const wrong = new Set<number>()
    while (wrong.size < Math.round(own.length * PLANTED)) wrong.add(random.int(0, own.length - 1))
    const named = own.map(({ type, recognition: { probability, probabilities, embedding } }, i) => {
      if (!wrong.has(i))
        return { type, reviewed: false, probability, diameter: null, embedding, top: probability }
      const others = own.filter((one) => one.type !== type)
      const other = others[random.int(0, others.length - 1)]!.type
      const p = sure ? probability : probabilities[other]
      return { type: other, reviewed: false, probability: p, diameter: null, embedding, top: probability }
    })
    return { named, wrong }
  }
  function known(): KnownCells {
    const others = cells.filter(({ source }) => source !== CASE)
    const dimensions = others[0]!.recognition.embedding.length
    return {
      labels: others.map(({ type }) => CELL_CLASSES.indexOf(type)),
      dimensions,
      embeddings: Int8Array.from(
        others.flatMap(({ recognition }) => [...recognition.embedding].map((x) => 127 * x)),
      ),
    }
  }
  /** How many of the wrong names are among the first of an order by `scores`, the highest first. */
  function found(scores: ArrayLike<number>, wrong: ReadonlySet<number>): number {
    const order = Array.from(scores, (score, i) => ({ score, i })).sort((a, b) => b.score - a.score)
    return order.slice(0, Math.round(order.length * LOOKED_AT)).filter(({ i }) => wrong.has(i)).length
  }

  test.each([
    ['that a person gave, against the network', false],
    ['that the network is sure of', true],
  ])('%s', (_, sure) => {
    const sums = { wrong: 0, doubt: 0, unlike: 0 }
    for (let seed = 0; seed < TIMES; seed++) {
      const { named, wrong } = planted(sure, seed)
      sums.wrong += wrong.size
      sums.doubt += found(
        named.map(({ top }) => 1 - top),
        wrong,
      )
      sums.unlike += found(unlikeType(named, known()), wrong)
    }
    const told = JSON.stringify(sums)
    expect(sums.unlike, told).toBeGreaterThanOrEqual(0.95 * sums.wrong)
    expect(sums.doubt, told).toBeLessThan(0.3 * sums.wrong)
    expect(sums.wrong, told).toBeGreaterThan(50)
    console.warn(told)
  })
})
