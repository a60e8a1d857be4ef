import { expect, test } from 'vitest'
import { CELL_TYPES } from './cell-types.ts'
import { countingRule, countsEveryType } from './counting-rules.ts'
import { differential } from './differential.ts'
import { lineageShares } from './lineage-shares.ts'
import { meRule, sameMeRule } from './me-rules.ts'
import { checkRule, type GivenRule } from './rule-of-site.ts'

const NEC: GivenRule = {
  name: ' Non-erythroid cells ',
  description: 'Percentages without erythroblasts.',
  source: 'Decision of the laboratory',
  note: '',
  denominator: [...CELL_TYPES].reverse().filter((type) => type !== 'erythroblast'),
  meRule: {
    name: 'M:E',
    source: 'Decision of the laboratory',
    note: '',
    numerator: ['segmented_neutrophil', 'blast', 'blast'],
    denominator: ['erythroblast'],
  },
}

test('types come in their order, each once, and names without spaces around them', () => {
  const rule = checkRule(NEC)
  expect(rule.name).toBe('Non-erythroid cells')
  expect(rule.denominator).toEqual(CELL_TYPES.filter((type) => type !== 'erythroblast'))
  expect(rule.meRule.numerator).toEqual(['blast', 'segmented_neutrophil'])
})

test('an M:E ratio may take cells that the percentages leave out', () => {
  const { meRule: ratio, ...rule } = checkRule(NEC)
  const own = { ...rule, id: 'nec', version: 1, meRule: { ...ratio, id: 'me_nec', description: '' } }
  const result = differential({ blast: 10, segmented_neutrophil: 30, erythroblast: 20 }, own)
  expect([result.counted, result.notCounted]).toEqual([40, 20])
  expect(result.byType.blast?.percent).toBe(25)
  expect(result.byType.erythroblast).toBeUndefined()
  expect(lineageShares({ blast: 10, segmented_neutrophil: 30, erythroblast: 20 }, own)).toMatchObject({
    granulocytic: { percent: 75 },
    erythroid: { count: 0, percent: null },
  })
  expect(result.meRatio).toMatchObject({ numerator: 40, denominator: 20, value: 2 })
  expect([countsEveryType(own), countsEveryType(countingRule('icsh_2008'))]).toEqual([false, true])
})

test.each<[string, Partial<GivenRule>]>([
  ['RULE_NAME_MISSING', { name: '  ' }],
  ['RULE_NAME_MISSING', { meRule: { ...NEC.meRule, name: '' } }],
  ['RULE_SOURCE_MISSING', { source: ' ' }],
  ['RULE_SOURCE_MISSING', { meRule: { ...NEC.meRule, source: '' } }],
  ['RULE_COUNTS_NOTHING', { denominator: [] }],
  ['RULE_TYPE_UNKNOWN', { denominator: ['no_such_type'] }],
  ['RULE_TYPE_UNKNOWN', { denominator: ['not_identifiable'] }],
  ['ME_SIDE_EMPTY', { meRule: { ...NEC.meRule, denominator: [] } }],
  ['ME_NAME_TAKEN', { meRule: { ...NEC.meRule, name: 'm:e (icsh)' } }],
  ['ME_BOTH_SIDES', { meRule: { ...NEC.meRule, numerator: ['erythroblast'] } }],
])('%s %o', (code, change) => {
  expect(() => checkRule({ ...NEC, ...change })).toThrow(expect.objectContaining({ code }))
})

test('an M:E ratio that is one of the program’s is found by its name and types', () => {
  const ge = meRule('ge')
  expect(sameMeRule({ ...ge, numerator: [...ge.numerator].reverse() })).toBe(ge)
  expect(sameMeRule({ ...ge, name: 'Ours' })).toBeUndefined()
  expect(sameMeRule({ ...ge, numerator: ge.numerator.slice(1) })).toBeUndefined()
})
