import { expect, test } from 'vitest'
import { CELL_TYPES } from './cell-types.ts'
import { againstReference, REFERENCE_TABLES, type ReferenceTable, rangeText } from './reference-ranges.ts'

const table = (id: string): ReferenceTable => REFERENCE_TABLES.find((candidate) => candidate.id === id)!
const iowa = table('adult_iowa')
const chinese = table('adult_chinese_teaching')

test.each([
  ['promyelocyte', 1.9, 'below'],
  ['promyelocyte', 2, 'within'],
  ['promyelocyte', 6, 'within'],
  ['promyelocyte', 6.1, 'above'],
  ['blast', 0, 'within'],
  ['me_ratio', 1.5, 'below'],
  ['me_ratio', null, 'unknown'],
] as const)('Iowa: %s at %s is %s', (measure, value, expected) => {
  expect(againstReference(iowa, measure, value)).toBe(expected)
})

test.each([
  ['blast', 1.9, 'within'],
  ['blast', 2, 'above'],
  ['myelocyte', 0, 'within'],
  ['lymphocyte', 60, 'unknown'],
  ['band_neutrophil', 12, 'unknown'],
  ['me_ratio', 4.2, 'above'],
  ['megakaryocytes', 6, 'below'],
  ['megakaryocytes', 35, 'within'],
] as const)('Chinese teaching: %s at %s is %s', (measure, value, expected) => {
  expect(againstReference(chinese, measure, value)).toBe(expected)
})

test.each(REFERENCE_TABLES)('$id states its source and holds no upside-down range', ({ source, ranges }) => {
  expect(source).not.toBe('')
  for (const { text, low = 0, high, below } of Object.values(ranges)) {
    expect(text).not.toBe('')
    expect(low).toBeLessThan(high ?? below ?? 101)
  }
})

test.each(REFERENCE_TABLES)('$id prints its limits the way an edited table does', ({ ranges }) => {
  for (const { text, ...limits } of Object.values(ranges)) expect(rangeText(limits) || text).toBe(text)
})

test.each([
  [{ low: 2 }, '≥ 2'],
  [{ high: 4.5 }, '≤ 4.5'],
  [{ low: 1, below: 3 }, '≥ 1, < 3'],
  [{}, ''],
] as const)('%o is printed as %s', (limits, text) => {
  expect(rangeText(limits)).toBe(text)
})

test('some differential lies within every Iowa range at once', () => {
  const ends = CELL_TYPES.flatMap((type) => iowa.ranges[type] ?? [])
  expect(ends).toHaveLength(12)
  expect(ends.reduce((sum, { low = 0 }) => sum + low, 0)).toBeLessThanOrEqual(100)
  expect(ends.reduce((sum, { high = 0 }) => sum + high, 0)).toBeGreaterThanOrEqual(100)
})
