import { ME_RULES } from '../../cytology/index.ts'
import type { RuleVersion } from '../api/types.ts'

/** One entry a rule: those that may be chosen, and the one that the case has, in its version, whatever became of it. */
export function rulesToChoose(all: readonly RuleVersion[], id: string, version: number): RuleVersion[] {
  const own = all.find(({ rule }) => rule.id === id && rule.version === version)
  const offered = all.filter(({ active }) => active)
  if (!own) return offered
  if (!offered.some(({ rule }) => rule.id === id)) return [own, ...offered]
  return offered.map((one) => (one.rule.id === id ? own : one))
}

/** The M:E ratios that a case of this rule may be given: the program's, and the rule's where it is none of them. */
export const ratiosOf = (of: RuleVersion | undefined) =>
  !of || ME_RULES.some(({ id }) => id === of.rule.meRule.id) ? ME_RULES : [of.rule.meRule, ...ME_RULES]
