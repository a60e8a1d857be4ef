import type { Kysely } from 'kysely'
import {
  type CellClass,
  type CellName,
  type Corrections,
  type CountingRule,
  type Familiarity,
  familiarity,
  type HowConfirmed,
  hasLetterhead,
  howConfirmed,
  type Letterhead,
  type NamedCells,
  NO_NAMES,
  namesInUse,
  type ReferenceTable,
  type Report,
  type ReportDraft,
} from '../../cytology/index.ts'
import { siteSettings } from '../accounts/site-settings.ts'
import { nameCounts } from '../cell-names/name-counts.ts'
import { siteCellNames } from '../cell-names/site-names.ts'
import { type CaseOfRule, ruleOf } from '../counting-rules/rule-of-case.ts'
import type { Cases, Database } from '../database/schema.ts'
import { correctionsOf } from './corrections.ts'
import { readDraft } from './draft.ts'
import { siteReferenceTable } from './reference-tables.ts'
import { reportSettings } from './report-settings.ts'

/** What a report needs beside the cells, frozen with the signature so that it prints the same for ever. */
export interface FrozenReport {
  /** null where nobody entered anything. */
  draft: ReportDraft | null
  reference: ReferenceTable
  rule: CountingRule
  corrections: Corrections
  /** How like the cells that were taught those of the case looked to the recogniser. */
  familiarity: Familiarity
  /** Of the cells that are counted in images; null where the case was counted at the microscope. */
  howConfirmed: HowConfirmed | null
  readerName: string | null
  /** How far the second reading agreed, where the site wanted it said when the case was signed. */
  agreement?: Report['agreement']
  /** As of `markOf`; undefined in reports of before it was asked. */
  marksFrom?: number
  letterhead?: Letterhead | null
  /** Finer names of the cells as the site has them. */
  names: { list: readonly CellName[]; cells: NamedCells }
}

interface CaseRow extends CaseOfRule {
  id: string
  reader_id: string | null
  reported_count: Cases['reported_count']
}

export async function reportToFreeze(db: Kysely<Database>, row: CaseRow): Promise<FrozenReport> {
  const { draft, version, updatedBy } = await readDraft(db, row.id)
  const rule = await ruleOf(db, row)
  const { marksFrom, letterhead } = await reportSettings(db)
  return {
    draft: version === 0 ? null : draft,
    reference: await siteReferenceTable(db),
    rule,
    corrections: await correctionsOf(db, row.id),
    familiarity: await familiarityOf(db, row.id),
    howConfirmed: row.reported_count === 'microscope' ? null : await confirmedOf(db, row.id, rule),
    agreement: await agreementOf(db, row.id),
    readerName: (await readerName(db, row.reader_id)) ?? updatedBy,
    names: row.reported_count === 'microscope' ? NOT_NAMED : await namesOf(db, row.id),
    marksFrom,
    letterhead: hasLetterhead(letterhead) ? letterhead : null,
  }
}

/** null where nobody finished a second reading, or the site does not want it on its reports. */
async function agreementOf(db: Kysely<Database>, caseId: string): Promise<Report['agreement']> {
  const { kappaOnReport } = await siteSettings(db)
  if (!kappaOnReport) return null
  const row = await db
    .selectFrom('second_readings')
    .innerJoin('users', 'users.id', 'second_readings.reader_id')
    .select(['users.name', 'agreement'])
    .where('case_id', '=', caseId)
    .where('status', '=', 'finished')
    .executeTakeFirst()
  if (!row?.agreement) return null
  const { cells, agreed, kappa, low, high } = JSON.parse(row.agreement)
  return { readerName: row.name, cells, agreed, kappa, low, high }
}

/** Of a count at the microscope: nobody named its cells further. */
const NOT_NAMED: FrozenReport['names'] = { list: [], cells: NO_NAMES }

async function namesOf(db: Kysely<Database>, caseId: string): Promise<FrozenReport['names']> {
  const cells = await nameCounts(db, caseId)
  return { list: namesInUse((await siteCellNames(db)).entries, cells), cells }
}

async function readerName(db: Kysely<Database>, id: string | null): Promise<string | null> {
  if (id === null) return null
  const row = await db.selectFrom('users').select('name').where('id', '=', id).executeTakeFirst()
  return row?.name ?? null
}

/** How familiar the cells that the networks found in a case, and nobody removed, were to the recogniser. */
async function familiarityOf(db: Kysely<Database>, caseId: string): Promise<Familiarity> {
  const rows = await db
    .selectFrom('cells')
    .select('unfamiliar')
    .where('case_id', '=', caseId)
    .where('origin', '=', 'model')
    .where('deleted', '=', 0)
    .execute()
  return familiarity(rows.map(({ unfamiliar }) => (unfamiliar === null ? null : unfamiliar === 1)))
}

/** How the review of the cells came about that the rule counts. */
async function confirmedOf(
  db: Kysely<Database>,
  caseId: string,
  rule: CountingRule,
): Promise<HowConfirmed | null> {
  const rows = await db
    .selectFrom('cells')
    .select((eb) => ['type', 'reviewed', 'confirmed', eb.fn.countAll().as('count')])
    .where('case_id', '=', caseId)
    .where('deleted', '=', 0)
    .groupBy(['type', 'reviewed', 'confirmed'])
    .execute()
  if (rows.length === 0) return null
  const counted = rows.filter(({ type }) => (rule.denominator as readonly CellClass[]).includes(type))
  return howConfirmed(counted.map((row) => ({ ...row, count: Number(row.count) })))
}
