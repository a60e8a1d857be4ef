import { describe, expect, test } from 'vitest'
import { agreement, type Pair } from './agreement.ts'

const pairs = (table: number[][]): Pair<string>[] =>
  table.flatMap((row, i) => row.map((count, j) => ({ first: `${i}`, second: `${j}`, count })))

describe('agreement', () => {
  // The standard errors were taken by the delta method from numeric derivatives of κ, apart from the formula used here.
  test.each([
    [
      [
        [75, 1, 4],
        [5, 4, 1],
        [0, 0, 10],
      ],
      [89, 0.67647, 0.50458, 0.84837],
    ],
    [
      [
        [44, 5, 1],
        [7, 20, 3],
        [9, 5, 6],
      ],
      [70, 0.49153, 0.35016, 0.63289],
    ],
  ])('κ and its interval of %j', (table, [agreed, kappa, low, high]) => {
    const found = agreement(pairs(table))
    expect(found).toMatchObject({ cells: 100, agreed })
    expect(found.kappa).toBeCloseTo(kappa!, 4)
    expect(found.low).toBeCloseTo(low!, 4)
    expect(found.high).toBeCloseTo(high!, 4)
  })

  test('two who always say the same have κ 1, two who agree by chance alone 0', () => {
    expect(
      agreement(
        pairs([
          [5, 0],
          [0, 7],
        ]),
      ),
    ).toEqual({ cells: 12, agreed: 12, kappa: 1, low: 1, high: 1 })
    expect(
      agreement(
        pairs([
          [4, 4],
          [4, 4],
        ]),
      ).kappa,
    ).toBeCloseTo(0, 12)
    expect(
      agreement(
        pairs([
          [0, 6],
          [6, 0],
        ]),
      ).kappa,
    ).toBeCloseTo(-1, 12)
  })

  test('nothing to compare, or one type only: no κ', () => {
    expect(agreement([])).toEqual({ cells: 0, agreed: 0, kappa: null, low: null, high: null })
    expect(agreement(pairs([[9]]))).toEqual({ cells: 9, agreed: 9, kappa: null, low: null, high: null })
  })

  test('a type that one reader alone used counts as disagreement', () => {
    const found = agreement([
      { first: 'blast', second: 'blast', count: 8 },
      { first: 'blast', second: 'monocyte', count: 2 },
    ])
    expect(found).toMatchObject({ cells: 10, agreed: 8 })
    expect(found.kappa).toBeCloseTo(0, 12)
  })
})
