import type { Kysely } from 'kysely'
import {
  type CellClass,
  type CountingRule,
  type Counts,
  differential,
  INTENDED_USE,
} from '../../cytology/index.ts'
import type { Database } from '../database/schema.ts'
import { readManualCount } from './manual-count.ts'

export type Basis = 'all' | 'reviewed' | 'manual'

/** Cells of a case by class: all that are not deleted, the reviewed among them, or those counted at the microscope. */
export async function countCells(db: Kysely<Database>, caseId: string, basis: Basis): Promise<Counts> {
  if (basis === 'manual') return (await readManualCount(db, caseId)).counts
  const rows = await db
    .selectFrom('cells')
    .select((eb) => ['type', eb.fn.countAll().as('count')])
    .where('case_id', '=', caseId)
    .where('deleted', '=', 0)
    .$if(basis === 'reviewed', (query) => query.where('reviewed', '=', 1))
    .groupBy('type')
    .execute()
  return Object.fromEntries(rows.map(({ type, count }) => [type, Number(count)])) as Record<CellClass, number>
}

export function answerDifferential(counts: Counts, rule: CountingRule) {
  const { byType, ...rest } = differential(counts, rule)
  return { notice: INTENDED_USE, ...rest, byType: byType as Required<typeof byType> }
}
