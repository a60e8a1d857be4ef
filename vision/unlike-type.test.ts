import { describe, expect, it } from 'vitest'
import { CELL_CLASSES, type CellClass } from '../cytology/index.ts'
import { seededRandom } from '../testkit/index.ts'
import type { KnownCells } from './known-cells.ts'
import { type NamedCell, unlikeType } from './unlike-type.ts'

const TYPES = ['blast', 'myelocyte', 'segmented_neutrophil', 'lymphocyte', 'erythroblast'] as const
const DIMENSIONS = 24

/** Around a corner of its own for each type, as spread as the recogniser's embeddings are. */
function embedding(type: CellClass, next: () => number): Float32Array {
  const of = CELL_CLASSES.indexOf(type)
  return Float32Array.from({ length: DIMENSIONS }, (_, i) => (i === of ? 1 : 0.6 * (next() - 0.5)))
}
const cell = (type: CellClass, next: () => number, own: Partial<NamedCell> = {}): NamedCell => ({
  type,
  reviewed: false,
  probability: 0.97,
  diameter: 12 + 2 * (next() - 0.5),
  embedding: embedding(type, next),
  ...own,
})
function known(types: readonly CellClass[], each: number, next: () => number): KnownCells {
  const all = types.flatMap((type) => Array<CellClass>(each).fill(type))
  return {
    labels: all.map((type) => CELL_CLASSES.indexOf(type)),
    dimensions: DIMENSIONS,
    embeddings: Int8Array.from(all.flatMap((type) => [...embedding(type, next)].map((x) => 100 * x))),
  }
}
/** The places of the cells, the most unlike first. */
const sorted = (scores: Float64Array) => [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!)

describe('unlikeType', () => {
  it.each([
    ['the known cells alone', false, 20],
    ['the reviewed cells alone', true, 0],
    ['both', true, 20],
  ])('puts names that are wrong and sure first, by %s', (_, reviewed, each) => {
    const next = seededRandom(5).next
    const cells = TYPES.flatMap((type) =>
      Array.from({ length: 40 }, (_, i) => cell(type, next, { reviewed: reviewed && i < 10 })),
    )
    // Doubtful, but rightly named; and surer than all others, but wrongly.
    for (const i of [15, 55, 95]) cells[i] = { ...cells[i]!, probability: 0.4 }
    const planted = [20, 61, 102, 143, 184]
    for (const [k, i] of planted.entries()) {
      cells[i] = { ...cells[i]!, type: TYPES[(k + 2) % TYPES.length]!, probability: 0.99 }
    }
    const scores = unlikeType(cells, each > 0 ? known(TYPES, each, next) : null)
    expect(
      sorted(scores)
        .slice(0, planted.length)
        .sort((a, b) => a - b),
    ).toEqual(planted)
    expect([Math.min(...scores) >= 0, Math.max(...scores) <= 1]).toEqual([true, true])
    // By doubt they come last.
    const doubt = cells.map(({ probability }) => probability)
    for (const i of planted) expect(doubt.filter((p) => p > doubt[i]!)).toEqual([])
  })

  it('puts an outlier of size before cells that are as sure and look alike', () => {
    const next = seededRandom(6).next
    const cells = Array.from({ length: 30 }, () => cell('lymphocyte', next))
    cells[12] = { ...cells[12]!, diameter: 21 }
    expect(sorted(unlikeType(cells, known(TYPES, 20, next)))[0]).toBe(12)
  })

  it('asks the network alone where there is no embedding, or nothing of the type to compare with', () => {
    const next = seededRandom(7).next
    const cells = [
      cell('blast', next, { embedding: null, probability: 0.3 }),
      cell('plasma_cell', next, { probability: 0.8 }),
      cell('blast', next),
    ]
    const [first, second, third] = unlikeType(cells, known(['blast', 'myelocyte'], 8, next))
    expect(first).toBeCloseTo(0.7, 12)
    expect(second).toBeCloseTo(0.2, 12)
    expect(third).toBeGreaterThan(0)
    expect([...unlikeType(cells.slice(0, 2), null)]).toEqual([0.7, expect.closeTo(0.2, 12)])
    expect(unlikeType([], null)).toHaveLength(0)
  })

  it('takes no centre from fewer than five reviewed cells', () => {
    const next = seededRandom(8).next
    const cells = [
      ...Array.from({ length: 4 }, () => cell('blast', next, { reviewed: true })),
      ...Array.from({ length: 5 }, () => cell('myelocyte', next, { reviewed: true })),
      ...Array.from({ length: 5 }, () => cell('lymphocyte', next, { reviewed: true })),
    ]
    const scores = unlikeType(cells, null)
    for (const i of [0, 1, 2, 3]) expect(scores[i]).toBeCloseTo(0.03, 12)
    expect(scores[4]).not.toBeCloseTo(0.03, 3)
  })

  it('does not compare with known cells of embeddings of another length', () => {
    const next = seededRandom(9).next
    const cells = [cell('blast', next)]
    const other = { ...known(['blast', 'myelocyte'], 8, next), dimensions: 12 }
    expect(unlikeType(cells, other)[0]).toBeCloseTo(0.03, 12)
  })
})
