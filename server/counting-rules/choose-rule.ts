/** Which rule a case gets, when it is made and when a person chooses another one. */
import type { Kysely } from 'kysely'
import { type CountingRule, MarrowscopeError, ME_RULES } from '../../cytology/index.ts'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'
import { type CaseOfRule, readRule } from './rule-of-case.ts'
import { countingRuleOf } from './rule-row.ts'

type Db = Kysely<Database>

/** The version of that rule that may be chosen now; without an id, of the site's default. Errors: COUNTING_RULE_UNKNOWN, RULE_WITHDRAWN. */
export async function ruleForNewCase(db: Db, id?: string): Promise<CountingRule> {
  const rows = db.selectFrom('counting_rules').selectAll()
  if (id === undefined)
    return countingRuleOf(await rows.where('is_default', '=', 1).executeTakeFirstOrThrow())
  const all = await rows.where('rule_id', '=', id).execute()
  const offered = all.find((row) => row.active === 1)
  if (offered) return countingRuleOf(offered)
  if (all.length > 0) {
    throw new HttpError(
      409,
      'RULE_WITHDRAWN',
      'This counting rule was withdrawn: cases keep it, but no case is given it any more. Choose another one.',
    )
  }
  throw new MarrowscopeError(
    'COUNTING_RULE_UNKNOWN',
    `There is no counting rule '${id}'. Choose one of the list.`,
  )
}

export interface RuleGiven {
  countingRule?: string | undefined
  countingRuleVersion?: number | undefined
  meRule?: string | undefined
}

/**
 * The columns of a case after a person chose a rule, a version or an M:E ratio. The ratio goes with the rule unless the case
 * has another one than its rule's. Errors: as of `ruleForNewCase`; RULE_VERSION_OLD, ME_RULE_UNKNOWN.
 */
export async function ruleForChange(db: Db, now: CaseOfRule, given: RuleGiven): Promise<CaseOfRule> {
  const { countingRule: id = now.counting_rule } = given
  const sameRule = id === now.counting_rule
  const version = given.countingRuleVersion ?? (sameRule ? now.counting_rule_version : undefined)
  const before = await readRule(db, now)
  const stays = sameRule && version === now.counting_rule_version
  const rule = stays ? before : await ruleForNewCase(db, id)
  if (version !== undefined && version !== rule.version) {
    throw new HttpError(
      409,
      'RULE_VERSION_OLD',
      `A case can be given the newest version of a counting rule only, which is ${rule.version}. Choose that one.`,
    )
  }
  const usual = now.me_rule === before.meRule.id
  const ratio = given.meRule ?? (usual ? rule.meRule.id : now.me_rule)
  mustGoWith(rule, ratio)
  return { counting_rule: rule.id, counting_rule_version: rule.version, me_rule: ratio }
}

/** Errors: ME_RULE_UNKNOWN. */
export function mustGoWith(rule: CountingRule, ratio: string): void {
  if (ratio === rule.meRule.id || ME_RULES.some(({ id }) => id === ratio)) return
  throw new MarrowscopeError(
    'ME_RULE_UNKNOWN',
    `There is no M:E rule '${ratio}'. Choose the one of the counting rule, or one of ${ME_RULES.map(({ id }) => id).join(', ')}.`,
  )
}
