import type { Kysely } from 'kysely'
import type { Counts, Differential } from '../../cytology/index.ts'
import { differential } from '../../cytology/index.ts'
import { type CaseOfRule, ruleOf } from '../counting-rules/rule-of-case.ts'
import type { Database } from '../database/schema.ts'
import { type Basis, countCells } from './counts.ts'

export interface CaseCounts {
  basis: Basis
  counts: Counts
  differential: Differential
}

/** What would be signed: all cells that are not deleted, or the manual count where the case has no cell. */
export async function countsToSign(
  db: Kysely<Database>,
  row: CaseOfRule & { id: string },
): Promise<CaseCounts> {
  const cells = await countCells(db, row.id, 'all')
  const basis = Object.keys(cells).length > 0 ? 'all' : 'manual'
  const counts = basis === 'all' ? cells : await countCells(db, row.id, 'manual')
  return { basis, counts, differential: differential(counts, await ruleOf(db, row)) }
}
