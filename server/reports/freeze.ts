import type { Kysely } from 'kysely'
import {
  type CellName,
  type Corrections,
  type CountingRule,
  type Familiarity,
  familiarity,
  type NamedCells,
  namesInUse,
  type ReferenceTable,
  type ReportDraft,
} from '../../cytology/index.ts'
import { nameCounts } from '../cell-names/name-counts.ts'
import { siteCellNames } from '../cell-names/site-names.ts'
import { type CaseOfRule, ruleOf } from '../counting-rules/rule-of-case.ts'
import type { Database } from '../database/schema.ts'
import { correctionsOf } from './corrections.ts'
import { readDraft } from './draft.ts'
import { siteReferenceTable } from './reference-tables.ts'

/** What a report needs beside the cells, frozen with the signature so that it prints the same for ever. */
export interface FrozenReport {
  /** null where nobody entered anything. */
  draft: ReportDraft | null
  reference: ReferenceTable
  rule: CountingRule
  corrections: Corrections
  /** How like the cells that were taught those of the case looked to the recogniser. */
  familiarity: Familiarity
  readerName: string | null
  /** Finer names of the cells as the site has them. */
  names: { list: readonly CellName[]; cells: NamedCells }
}

interface CaseRow extends CaseOfRule {
  id: string
  reader_id: string | null
}

export async function reportToFreeze(db: Kysely<Database>, row: CaseRow): Promise<FrozenReport> {
  const { draft, version, updatedBy } = await readDraft(db, row.id)
  return {
    draft: version === 0 ? null : draft,
    reference: await siteReferenceTable(db),
    rule: await ruleOf(db, row),
    corrections: await correctionsOf(db, row.id),
    familiarity: await familiarityOf(db, row.id),
    readerName: (await readerName(db, row.reader_id)) ?? updatedBy,
    names: await namesOf(db, row.id),
  }
}

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
