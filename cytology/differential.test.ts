import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CELL_CLASSES, CELL_TYPES, type CellClass } from './cell-types.ts'
import { COUNTING_RULES, countingRule } from './counting-rules.ts'
import { type Counts, differential, meRatio } from './differential.ts'
import { meRule } from './me-rules.ts'

const anyCounts: fc.Arbitrary<Counts> = fc
  .dictionary(fc.constantFrom(...CELL_CLASSES), fc.nat(400))
  .map((counts) => counts as Partial<Record<CellClass, number>>)
const anyRule = fc.constantFrom(...COUNTING_RULES.map((rule) => rule.id))

const CASE: Counts = {
  blast: 5,
  myelocyte: 60,
  segmented_neutrophil: 130,
  eosinophil: 10,
  monocyte: 20,
  lymphocyte: 75,
  erythroblast: 100,
  not_identifiable: 17,
}

test('counts a case by the default rule', () => {
  const result = differential(CASE)
  expect(result).toMatchObject({ rule: 'icsh_2008', counted: 400, notCounted: 17 })
  expect(Object.keys(result.byType)).toEqual([...CELL_TYPES])
  expect(result.byType.lymphocyte).toMatchObject({ count: 75, percent: 18.75 })
  expect(result.byType.basophil).toMatchObject({ count: 0, percent: 0, low: 0 })
  expect(result.meRatio).toEqual({ rule: 'me_icsh_2008', numerator: 220, denominator: 100, value: 2.2 })
})

test('5 % and 20 % of 500 carry the published intervals', () => {
  const { byType } = differential({ blast: 25, erythroblast: 100, lymphocyte: 375 })
  const rounded = (x: number | null | undefined) => x?.toFixed(1)
  expect([byType.blast?.low, byType.blast?.high].map(rounded)).toEqual(['3.3', '7.3'])
  expect([byType.erythroblast?.low, byType.erythroblast?.high].map(rounded)).toEqual(['16.6', '23.8'])
})

test('the M:E rule decides whether blasts and monocytes are myeloid', () => {
  const value = (id: string) => meRatio(CASE, meRule(id)).value
  expect(value('me_icsh_2008_with_blasts')).toBe(2.25)
  expect(value('ge')).toBe(2)
  expect(value('ge_with_blasts')).toBe(2.05)
  expect(differential(CASE, 'chinese_report').meRatio).toMatchObject({ rule: 'ge', value: 2 })
})

test('a type outside the rule is not counted', () => {
  const result = differential(CASE, 'partial_2008')
  expect(result).toMatchObject({ rule: 'partial_2008', counted: 165, notCounted: 252 })
  expect(result.byType.lymphocyte).toBeUndefined()
  expect(result.meRatio.value).toBe(0.65)
})

test("a site's own rule works like the built-in ones", () => {
  const own = {
    ...countingRule('icsh_2008'),
    id: 'our_white_cells',
    denominator: ['blast', 'lymphocyte'] as const,
  }
  expect(differential(CASE, own)).toMatchObject({ rule: 'our_white_cells', counted: 80, notCounted: 337 })
})

test('nothing counted gives no percentage, and no erythroblast no ratio', () => {
  const empty = differential({ not_identifiable: 3 })
  expect(empty).toMatchObject({ counted: 0, notCounted: 3 })
  expect(empty.byType.blast).toEqual({ count: 0, percent: null, low: null, high: null })
  expect(empty.meRatio.value).toBeNull()
  expect(differential({ myelocyte: 9 }).meRatio).toMatchObject({ numerator: 9, denominator: 0, value: null })
  expect(differential({ erythroblast: 9 }).meRatio.value).toBe(0)
})

test('no cell is lost, percentages make 100, and each lies in its interval', () => {
  fc.assert(
    fc.property(anyCounts, anyRule, (counts, rule) => {
      const result = differential(counts, rule)
      const shares = Object.values(result.byType)
      const cells = Object.values(counts).reduce((sum, count) => sum + count, 0)
      expect(result.counted + result.notCounted).toBe(cells)
      expect(shares.reduce((sum, { count }) => sum + count, 0)).toBe(result.counted)
      if (result.counted === 0) return
      expect(shares.reduce((sum, { percent }) => sum + percent!, 0)).toBeCloseTo(100, 9)
      for (const { percent, low, high } of shares) {
        expect(low).toBeLessThanOrEqual(percent!)
        expect(high).toBeGreaterThanOrEqual(percent!)
        expect(low! >= 0 && high! <= 100).toBe(true)
      }
    }),
  )
})

test('cells that are not identifiable change nothing but their own number', () => {
  fc.assert(
    fc.property(anyCounts, fc.nat(50), (counts, more) => {
      const before = differential(counts)
      const after = differential({ ...counts, not_identifiable: (counts.not_identifiable ?? 0) + more })
      expect(after).toEqual({ ...before, notCounted: before.notCounted + more })
    }),
  )
})

test.each([{ blast: -1 }, { blast: 1.5 }, { blast: Number.NaN }, { neutrophil: 3 } as Counts])(
  'refuses %o',
  (counts) => {
    expect(() => differential(counts)).toThrow(expect.objectContaining({ code: 'COUNT_NOT_VALID' }))
  },
)
