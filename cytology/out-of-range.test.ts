import { expect, test } from 'vitest'
import { meRatio } from './differential.ts'
import { clopperPearson } from './intervals.ts'
import { meRule } from './me-rules.ts'
import { markOf, ratioEstimate } from './out-of-range.ts'
import { REFERENCE_TABLES } from './reference-ranges.ts'

const [iowa, chinese] = REFERENCE_TABLES as [(typeof REFERENCE_TABLES)[0], (typeof REFERENCE_TABLES)[0]]
function share(count: number, total: number) {
  const { low, high } = clopperPearson(count, total)!
  return { value: (100 * count) / total, low: 100 * low, high: 100 * high }
}

test.each([
  // Blasts, 0–2: 3 of 100 may well be 1 %, 12 of 100 may not be 2 %.
  ['blast', 3, 100, 'uncertain'],
  ['blast', 12, 100, 'above'],
  ['blast', 6, 199, 'uncertain'],
  ['blast', 6, 200, 'above'],
  ['blast', 2, 100, 'within'],
  // Lymphocytes, 9–19.
  ['lymphocyte', 6, 100, 'uncertain'],
  ['lymphocyte', 1, 100, 'below'],
  ['lymphocyte', 16, 200, 'below'],
] as const)('%s %d of %d is %s', (type, count, total, mark) => {
  expect(markOf(iowa, type, share(count, total), total, 200)).toBe(mark)
})

test('a site that asks for no number marks every value outside; no range, no mark', () => {
  expect(markOf(iowa, 'blast', share(3, 100), 100, 0)).toBe('above')
  expect(markOf(chinese, 'lymphocyte', share(90, 100), 100, 0)).toBe('unknown')
  expect(markOf(iowa, 'blast', { value: null, low: null, high: null }, 0, 0)).toBe('unknown')
})

test('an end of the interval that lies on the limit is no longer outside where the limit belongs to the range', () => {
  expect(markOf(iowa, 'blast', { value: 5, low: 2, high: 9 }, 10, 200)).toBe('uncertain')
  // '< 2': 2 lies outside.
  expect(markOf(chinese, 'blast', { value: 5, low: 2, high: 9 }, 10, 200)).toBe('above')
})

test('the interval of a ratio is that of the share of its numerator', () => {
  const few = ratioEstimate(meRatio({ myelocyte: 6, erythroblast: 6 }, meRule('ge')))
  // Of 12 cells 6: 21.1–78.9 % (scipy.stats.beta.ppf), so 0.267–3.74 to one.
  expect([few.low!.toFixed(3), few.high!.toFixed(2)]).toEqual(['0.267', '3.74'])
  expect(markOf(iowa, 'me_ratio', few, 12, 200)).toBe('uncertain')
  const many = ratioEstimate(meRatio({ myelocyte: 60, erythroblast: 60 }, meRule('ge')))
  expect(markOf(iowa, 'me_ratio', many, 120, 200)).toBe('below')
  expect(ratioEstimate(meRatio({ myelocyte: 6 }, meRule('ge')))).toEqual({
    value: null,
    low: null,
    high: null,
  })
})
