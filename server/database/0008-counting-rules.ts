/** Counting rules in versions, with those of the program in them; every case so far is counted by the first of its own. */
import type { Kysely } from 'kysely'
import { v7 } from 'uuid'
import { COUNTING_RULES, DEFAULT_COUNTING_RULE } from '../../cytology/index.ts'
import { addColumn, type Indexes, makeTables, type Tables } from './make-tables.ts'
import type { Database } from './schema.ts'

const TABLES: Tables = {
  counting_rules: [
    'id rule_id:word version:int name:text190 description:long source:text500 note:long denominator:long',
    'me_id:word me_name:text190 me_description:long me_source:text500 me_note:long me_numerator:long me_denominator:long',
    'built_in:int active:int is_default:int created_by:id? created_at:time',
  ].join(' '),
}

const UNIQUE: Indexes = [['counting_rules', ['rule_id', 'version']]]

export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumn(db, 'specimens', 'counting_rule_version', 'int', 1)
  await makeTables(db, TABLES, UNIQUE, [])
  const at = Date.now()
  const rows = COUNTING_RULES.map(
    ({ id, version, name, description, source, note = '', denominator, meRule }) => ({
      ...{ id: v7(), rule_id: id, version, name, description, source, note },
      denominator: JSON.stringify(denominator),
      me_id: meRule.id,
      me_name: meRule.name,
      me_description: meRule.description,
      me_source: meRule.source,
      me_note: meRule.note ?? '',
      me_numerator: JSON.stringify(meRule.numerator),
      me_denominator: JSON.stringify(meRule.denominator),
      ...{ built_in: 1 as const, active: 1 as const, created_by: null, created_at: at },
      is_default: id === DEFAULT_COUNTING_RULE ? (1 as const) : (0 as const),
    }),
  )
  const typed = db as Kysely<Database>
  await typed.deleteFrom('counting_rules').execute()
  await typed.insertInto('counting_rules').values(rows).execute()
}
