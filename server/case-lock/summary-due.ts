import type { Kysely } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Database } from '../database/schema.ts'

/**
 * Says, within the transaction that changes cases or their cells, that they must be summed up again. `lockCase` does it for
 * whoever locks a case first.
 */
export async function summaryDue(trx: Kysely<Database>, ...caseIds: readonly string[]): Promise<void> {
  const rows = caseIds.map((case_id) => ({ id: uuid(), case_id }))
  await trx.insertInto('summaries_due').values(rows).execute()
}
