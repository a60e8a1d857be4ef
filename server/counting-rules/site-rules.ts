/** The counting rules of a site: their list, a new version, and which of them may be chosen. */
import type { Kysely, Transaction } from 'kysely'
import type { Static } from 'typebox'
import { v7 } from 'uuid'
import { checkRule, sameMeRule } from '../../cytology/index.ts'
import { record } from '../audit/record.ts'
import type { CountingRules, Database } from '../database/schema.ts'
import { conflict, HttpError, notFound } from '../errors.ts'
import { countingRuleOf, type RuleRow, ruleAnswer } from './rule-row.ts'
import type { NewCountingRule, RuleVersion } from './schemas.ts'

type Trx = Transaction<Database>
type Answer = Static<typeof RuleVersion>

/** All versions of all rules: the program's first, then in the order in which they were made, of each rule the newest first. */
export async function listRules(db: Kysely<Database>): Promise<Answer[]> {
  const rows = await db
    .selectFrom('counting_rules')
    .leftJoin('users', 'users.id', 'counting_rules.created_by')
    .selectAll('counting_rules')
    .select('users.name as creator')
    .orderBy('built_in', 'desc')
    .orderBy('counting_rules.id')
    .execute()
  const first = new Map<string, number>()
  for (const [i, { rule_id }] of rows.entries()) if (!first.has(rule_id)) first.set(rule_id, i)
  return rows
    .sort((a, b) => first.get(a.rule_id)! - first.get(b.rule_id)! || b.version - a.version)
    .map(({ creator, ...row }) => ({
      id: row.id,
      rule: ruleAnswer(countingRuleOf(row)),
      builtIn: row.built_in === 1,
      active: row.active === 1,
      isDefault: row.is_default === 1,
      createdBy: creator,
      createdAt: Number(row.created_at),
    }))
}

/**
 * Writes a new rule, or the next version of one, and returns the row's id. Errors: those of `checkRule`; NOT_FOUND, BUILT_IN,
 * RULE_NAME_TAKEN, CHANGED_MEANWHILE with the newest version.
 */
export function saveRule(
  db: Kysely<Database>,
  userId: string,
  { ruleId, version, ...given }: Static<typeof NewCountingRule>,
): Promise<string> {
  const rule = checkRule(given)
  return db.transaction().execute(async (trx) => {
    const all = await lockRules(trx)
    const newest = ruleId === undefined ? undefined : newestOf(all, ruleId)
    if (ruleId !== undefined && !newest) throw notFound('counting rule')
    if (newest?.built_in === 1) {
      throw new HttpError(
        409,
        'BUILT_IN',
        'This comes with the program and stays as it is. Save a copy under another name.',
      )
    }
    if (newest && newest.version !== version) throw conflict('counting rule', countingRuleOf(newest))
    const rule_id = newest?.rule_id ?? v7()
    if (all.some((row) => row.rule_id !== rule_id && sameName(row.name, rule.name))) {
      throw new HttpError(
        409,
        'RULE_NAME_TAKEN',
        `Another counting rule is called “${rule.name}”. Choose another name.`,
      )
    }
    const ratio = rule.meRule
    const known = sameMeRule(ratio)
    const row: CountingRules = {
      ...{ id: v7(), rule_id, version: (newest?.version ?? 0) + 1 },
      ...{ name: rule.name, description: rule.description, source: rule.source, note: rule.note },
      denominator: JSON.stringify(rule.denominator),
      ...{
        me_id: known?.id ?? `me_${rule_id}`,
        me_name: ratio.name,
        me_description: known?.description ?? '',
      },
      ...{ me_source: ratio.source, me_note: ratio.note },
      me_numerator: JSON.stringify(ratio.numerator),
      me_denominator: JSON.stringify(ratio.denominator),
      built_in: 0,
      active: newest && !isOffered(all, rule_id) ? 0 : 1,
      is_default: newest?.is_default ?? 0,
      ...{ created_by: userId, created_at: Date.now() },
    }
    await trx
      .updateTable('counting_rules')
      .set({ active: 0, is_default: 0 })
      .where('rule_id', '=', rule_id)
      .execute()
    await trx.insertInto('counting_rules').values(row).execute()
    await record(trx, {
      event: 'counting_rule.save',
      subjectId: row.id,
      ...(newest && { before: countingRuleOf(newest) }),
      after: countingRuleOf(row),
    })
    return row.id
  })
}

/** Takes a rule out of choice, or brings it back; cases keep it. Errors: NOT_FOUND, CHANGED_MEANWHILE, RULE_IS_DEFAULT. */
export function offerRule(db: Kysely<Database>, id: string, offered: boolean): Promise<void> {
  return db.transaction().execute(async (trx) => {
    const row = mustBeNewest(await lockRules(trx), id)
    if (!offered && row.is_default === 1) {
      throw new HttpError(
        409,
        'RULE_IS_DEFAULT',
        'New cases get this counting rule. Make another one the default, then withdraw it.',
      )
    }
    await trx
      .updateTable('counting_rules')
      .set({ active: offered ? 1 : 0 })
      .where('id', '=', id)
      .execute()
    await record(trx, {
      event: offered ? 'counting_rule.restore' : 'counting_rule.withdraw',
      before: { rule: row.name, version: row.version, active: row.active === 1 },
      after: { active: offered },
    })
  })
}

/** New cases get this rule from now on. Errors: NOT_FOUND, CHANGED_MEANWHILE, RULE_WITHDRAWN. */
export function makeDefault(db: Kysely<Database>, id: string): Promise<void> {
  return db.transaction().execute(async (trx) => {
    const all = await lockRules(trx)
    const row = mustBeNewest(all, id)
    if (row.active === 0) {
      throw new HttpError(
        409,
        'RULE_WITHDRAWN',
        'This counting rule was withdrawn. Bring it back, or choose another one.',
      )
    }
    const before = all.find((one) => one.is_default === 1)
    await trx.updateTable('counting_rules').set({ is_default: 0 }).where('is_default', '=', 1).execute()
    await trx.updateTable('counting_rules').set({ is_default: 1 }).where('id', '=', id).execute()
    await record(trx, {
      event: 'counting_rule.default',
      before: { rule: before?.name, version: before?.version },
      after: { rule: row.name, version: row.version },
    })
  })
}

/** Every row, and no one else writes any until the transaction ends: so two people never make two defaults or two newest versions. */
async function lockRules(trx: Trx): Promise<RuleRow[]> {
  // Changes nothing, and takes the locks: SELECT … FOR UPDATE is not in all databases.
  await trx
    .updateTable('counting_rules')
    .set((eb) => ({ version: eb.ref('version') }))
    .execute()
  return trx.selectFrom('counting_rules').selectAll().execute()
}

const newestOf = (all: readonly RuleRow[], ruleId: string): RuleRow | undefined =>
  all.filter((row) => row.rule_id === ruleId).sort((a, b) => b.version - a.version)[0]

const isOffered = (all: readonly RuleRow[], ruleId: string) =>
  all.some((row) => row.rule_id === ruleId && row.active === 1)

function mustBeNewest(all: readonly RuleRow[], id: string): RuleRow {
  const row = all.find((one) => one.id === id)
  if (!row) throw notFound('counting rule')
  const newest = newestOf(all, row.rule_id)!
  if (newest !== row) throw conflict('counting rule', countingRuleOf(newest))
  return row
}

const sameName = (a: string, b: string) => a.trim().toLowerCase() === b.toLowerCase()
