import type { Transaction } from 'kysely'
import type { Database } from '../database/schema.ts'
import { summaryDue } from '../summaries/due.ts'
import { refuseIfSigned } from './refuse-if-signed.ts'

/**
 * Begins a change of a case: no one else changes or signs it until the transaction ends, and it is not signed.
 * Its summary is marked as due. The write comes first because it takes the row's lock on every database; SELECT … FOR UPDATE is not in all of them.
 */
export async function lockCase(trx: Transaction<Database>, caseId: string, at: number) {
  await trx.updateTable('specimens').set({ updated_at: at }).where('id', '=', caseId).execute()
  await summaryDue(trx, caseId)
  return refuseIfSigned(trx, caseId)
}
