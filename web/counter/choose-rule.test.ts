import { expect, test } from 'vitest'
import { COUNTING_RULES, ME_RULES } from '../../cytology/index.ts'
import type { RuleVersion } from '../api/types.ts'
import { ratiosOf, rulesToChoose } from './choose-rule.ts'

const [icsh, chinese] = COUNTING_RULES.map(
  (rule) => ({ id: rule.id, rule, active: true }) as unknown as RuleVersion,
) as [RuleVersion, RuleVersion]
const own = (version: number, active: boolean) =>
  ({
    ...icsh,
    active,
    rule: { ...icsh.rule, id: 'own', version, meRule: { ...icsh.rule.meRule, id: 'me_own' } },
  }) as RuleVersion

const names = (all: readonly RuleVersion[]) => all.map(({ rule }) => `${rule.id} ${rule.version}`)

test('a case that has an earlier version is shown that one, in the place of its rule', () => {
  const all = [icsh, chinese, own(2, true), own(1, false)]
  expect(names(rulesToChoose(all, 'own', 1))).toEqual(['icsh_2008 1', 'chinese_report 1', 'own 1'])
  expect(names(rulesToChoose(all, 'icsh_2008', 1))).toEqual(['icsh_2008 1', 'chinese_report 1', 'own 2'])
})

test('a case that has a withdrawn rule keeps it among its choices; another is not offered it', () => {
  const all = [icsh, own(1, false)]
  expect(names(rulesToChoose(all, 'own', 1))).toEqual(['own 1', 'icsh_2008 1'])
  expect(names(rulesToChoose(all, 'icsh_2008', 1))).toEqual(['icsh_2008 1'])
  expect(names(rulesToChoose(all, '', 0))).toEqual(['icsh_2008 1'])
})

test('a rule’s own ratio comes before those of the program', () => {
  expect(ratiosOf(icsh)).toBe(ME_RULES)
  expect(ratiosOf(own(1, true)).map(({ id }) => id)).toEqual(['me_own', ...ME_RULES.map(({ id }) => id)])
})
