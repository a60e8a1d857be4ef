import type { Kysely } from 'kysely'
import { type CountingRule, meRule } from '../../cytology/index.ts'
import { isSigned } from '../case-lock/refuse-if-signed.ts'
import type { CaseStatus, Database } from '../database/schema.ts'
import { countingRuleOf } from './rule-row.ts'

/** What a case says of its rule: which, in which version, and the M:E ratio that was chosen for the case. */
export interface CaseOfRule {
  counting_rule: string
  counting_rule_version: number
  me_rule: string
}

/** The rule of a case in its version, as the site wrote it. */
export async function readRule(db: Kysely<Database>, of: CaseOfRule): Promise<CountingRule> {
  const row = await db
    .selectFrom('counting_rules')
    .selectAll()
    .where('rule_id', '=', of.counting_rule)
    .where('version', '=', of.counting_rule_version)
    .executeTakeFirst()
  return row ? countingRuleOf(row) : missing(of)
}

/** The rule by which a case is counted, in its version, with the case's M:E ratio. */
export const ruleOf = async (db: Kysely<Database>, of: CaseOfRule): Promise<CountingRule> =>
  withRatio(await readRule(db, of), of)

/** As `ruleOf`, for many cases: a site has a handful of rules. */
export async function rulesOf(db: Kysely<Database>): Promise<(of: CaseOfRule) => CountingRule> {
  const rows = await db.selectFrom('counting_rules').selectAll().execute()
  const rules = new Map(rows.map((row) => [`${row.rule_id} ${row.version}`, countingRuleOf(row)]))
  return (of) => withRatio(rules.get(`${of.counting_rule} ${of.counting_rule_version}`) ?? missing(of), of)
}

const withRatio = (rule: CountingRule, of: CaseOfRule): CountingRule =>
  of.me_rule === rule.meRule.id ? rule : { ...rule, meRule: meRule(of.me_rule) }

/** Rows are never removed: one that is missing means that someone changed the database by hand. */
function missing(of: CaseOfRule): never {
  throw new Error(`No version ${of.counting_rule_version} of the rule ${of.counting_rule} is kept.`)
}

/** A later version that may be chosen; null where there is none or the case is signed. */
export async function newerVersion(
  db: Kysely<Database>,
  of: CaseOfRule & { status: CaseStatus },
): Promise<number | null> {
  if (isSigned(of.status)) return null
  const row = await db
    .selectFrom('counting_rules')
    .select('version')
    .where('rule_id', '=', of.counting_rule)
    .where('active', '=', 1)
    .executeTakeFirst()
  return row && row.version > of.counting_rule_version ? row.version : null
}
