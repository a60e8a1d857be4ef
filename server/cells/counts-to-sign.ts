import type { Kysely } from 'kysely'
import {
  type CountSources,
  type Counts,
  type Differential,
  differential,
  type ReportedCount,
  reportedCount,
} from '../../cytology/index.ts'
import { type CaseOfRule, ruleOf } from '../counting-rules/rule-of-case.ts'
import type { Database } from '../database/schema.ts'
import { countCells } from './counts.ts'

export interface CaseCounts {
  /** Of which count `counts` are: all cells that are not deleted, those counted at the microscope, or both added. */
  basis: (typeof BASES)[ReportedCount]
  counts: Counts
  differential: Differential
  sources: CountSources
}

/** As signed cases have named them since the first. */
const BASES = { images: 'all', microscope: 'manual', both: 'both' } as const

/** What would be signed: the count that the case reports, and both that there are. */
export async function countsToSign(
  db: Kysely<Database>,
  row: CaseOfRule & { id: string; reported_count: ReportedCount | null },
): Promise<CaseCounts> {
  const sources = {
    images: await countCells(db, row.id, 'all'),
    microscope: await countCells(db, row.id, 'manual'),
  }
  const { from, counts } = reportedCount(row.reported_count, sources)
  return { basis: BASES[from], counts, differential: differential(counts, await ruleOf(db, row)), sources }
}
