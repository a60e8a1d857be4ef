import type { Selectable } from 'kysely'
import type { Static } from 'typebox'
import type { CountingRule } from '../../cytology/index.ts'
import type { CountingRules } from '../database/schema.ts'
import type { CountingRule as Answer } from './schemas.ts'

export type RuleRow = Selectable<CountingRules>

/** A row as cytology/ counts by it. */
export const countingRuleOf = (row: RuleRow): CountingRule => ({
  id: row.rule_id,
  version: row.version,
  name: row.name,
  description: row.description,
  source: row.source,
  ...(row.note && { note: row.note }),
  denominator: JSON.parse(row.denominator),
  meRule: {
    id: row.me_id,
    name: row.me_name,
    description: row.me_description,
    source: row.me_source,
    ...(row.me_note && { note: row.me_note }),
    numerator: JSON.parse(row.me_numerator),
    denominator: JSON.parse(row.me_denominator),
  },
})

/** The same as the API answers it. */
export const ruleAnswer = ({ denominator, meRule, ...rule }: CountingRule): Static<typeof Answer> => ({
  ...rule,
  denominator: [...denominator],
  meRule: { ...meRule, numerator: [...meRule.numerator], denominator: [...meRule.denominator] },
})
