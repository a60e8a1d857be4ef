import type { Kysely } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Database } from '../database/schema.ts'

/**
 * Says, within the transaction that changes a case or its cells, that the case must be summed up again. `lockCase` does it
 * for whoever locks the case first.
 */
export async function summaryDue(trx: Kysely<Database>, caseId: string): Promise<void> {
  await trx.insertInto('summaries_due').values({ id: uuid(), specimen_id: caseId }).execute()
}
