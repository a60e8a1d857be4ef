import { expect, test } from 'vitest'
import { COUNTING_RULES, countingRule } from '../../cytology/index.ts'
import type { RuleVersion } from '../api/types.ts'
import { draftOf, EXAMPLE, exampleOf, faultOf, givenOf } from './rule-draft.ts'

const draft = (id: string) => draftOf(countingRule(id) as unknown as RuleVersion['rule'])

test.each(COUNTING_RULES)('$id is the same after it was laid out for editing', (rule) => {
  const { id: _, version: __, meRule, note = '', ...rest } = rule
  const { id: ___, description: ____, note: meNote = '', ...ratio } = meRule
  expect(givenOf(draftOf(rule as unknown as RuleVersion['rule']))).toEqual({
    ...rest,
    note,
    meRule: {
      ...ratio,
      note: meNote,
      numerator: expect.arrayContaining([...ratio.numerator]),
    },
  })
})

test('the example is 500 cells, and moves with every tick', () => {
  expect(Object.values(EXAMPLE).reduce((sum, n) => sum + n, 0)).toBe(500)
  const nec = draft('icsh_2008')
  expect(exampleOf(nec).byType.blast?.percent).toBeCloseTo(1.6, 10)
  expect(exampleOf(nec).meRatio).toMatchObject({ numerator: 327, denominator: 95 })
  nec.ticks.erythroblast.counted = false
  expect(exampleOf(nec)).toMatchObject({ counted: 405, notCounted: 95 })
  expect(exampleOf(nec).byType.blast?.percent).toBeCloseTo(800 / 405, 10)
  nec.ticks.blast.above = true
  expect(exampleOf(nec).meRatio.numerator).toBe(335)
})

test('what is missing is told while it is missing', () => {
  const rule = draft('icsh_2008')
  expect(faultOf(rule)).toBeNull()
  rule.ticks.erythroblast.above = true
  expect(faultOf(rule)?.code).toBe('ME_BOTH_SIDES')
  for (const side of Object.values(rule.ticks)) side.counted = false
  expect(faultOf(rule)?.code).toBe('RULE_COUNTS_NOTHING')
  expect(exampleOf(rule)).toMatchObject({ counted: 0, byType: {} })
})
