import { expect, test } from 'vitest'
import { CELL_TYPES } from './cell-types.ts'
import { COUNTING_RULES, countingRule, DEFAULT_COUNTING_RULE } from './counting-rules.ts'
import { ME_RULES, meRule } from './me-rules.ts'

test('ids are unique, so that a stored id means one rule', () => {
  for (const rules of [COUNTING_RULES, ME_RULES]) {
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length)
  }
})

test.each(ME_RULES)('$id says where it comes from and whether blasts count', (rule) => {
  expect(rule.source).not.toBe('')
  expect(rule.description).toMatch(/blasts/i)
  expect(rule.numerator.filter((type) => rule.denominator.includes(type))).toEqual([])
})

test.each(COUNTING_RULES)('$id takes its M:E ratio from the cells that it counts', (rule) => {
  expect(rule.source).not.toBe('')
  expect(rule.denominator).toEqual(expect.arrayContaining([...rule.meRule.numerator]))
  expect(rule.denominator).toEqual(expect.arrayContaining([...rule.meRule.denominator]))
  expect(meRule(rule.meRule.id)).toBe(rule.meRule)
})

test('the default counts every type; ICSH takes monocytes into M:E and 粒红比 does not', () => {
  const rule = countingRule(DEFAULT_COUNTING_RULE)
  expect(rule.denominator).toEqual([...CELL_TYPES])
  expect(rule.meRule.numerator).toEqual([
    'promyelocyte',
    'myelocyte',
    'metamyelocyte',
    'band_neutrophil',
    'segmented_neutrophil',
    'eosinophil',
    'basophil',
    'monocyte',
  ])
  expect(countingRule('chinese_report').meRule.numerator).not.toContain('monocyte')
})

test('an unknown id is answered with the known ones', () => {
  expect(() => countingRule('who')).toThrow(expect.objectContaining({ code: 'COUNTING_RULE_UNKNOWN' }))
  expect(() => countingRule('who')).toThrow(/icsh_2008, chinese_report/)
  expect(() => meRule('')).toThrow(expect.objectContaining({ code: 'ME_RULE_UNKNOWN' }))
})
