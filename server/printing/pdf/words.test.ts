import { expect, test } from 'vitest'
import { ruleName } from '../../../cytology/index.ts'
import { ageWords, word } from './words.ts'

test.each([
  [{ years: 45, months: 3, days: 1 }, '45岁', '45 years'],
  [{ years: 2, months: 1, days: 0 }, '2岁1个月', '2 years 1 month'],
  [{ years: 1, months: 0, days: 9 }, '1岁', '1 year'],
  [{ years: 0, months: 5, days: 9 }, '5个月', '5 months'],
  [{ years: 0, months: 0, days: 1 }, '1天', '1 day'],
])('%o is printed as %s and %s', (age, zh, en) => {
  expect([ageWords('zh', age), ageWords('en', age)]).toEqual([zh, en])
})

test('words fill in what stands in braces; a rule without a Chinese name keeps its own', () => {
  expect(word('zh', 'page', { n: 1, m: 2 })).toBe('第 1 页 共 2 页')
  expect(ruleName('zh', { id: 'ge', name: 'G:E' })).toContain('粒系')
  expect(ruleName('zh', { id: 'own', name: 'Our own' })).toBe('Our own')
})
