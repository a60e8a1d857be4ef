import type { Kysely, Transaction } from 'kysely'
import type { Static } from 'typebox'
import { v7 } from 'uuid'
import { nextNumber } from '../case-lock/next-number.ts'
import type { Database } from '../database/schema.ts'
import type { ChangeLog } from './schemas.ts'

/** Appends to the log from which undo and the history of corrections are read; the id of what was appended. The case is locked. */
export async function log(
  trx: Transaction<Database>,
  caseId: string,
  userId: string,
  at: number,
  changes: readonly { cellId: string; before: unknown; after: unknown }[],
): Promise<string> {
  const number = await nextNumber(trx, 'cell_changes', caseId)
  const row = { id: v7(), case_id: caseId, number, user_id: userId, at, changes: JSON.stringify(changes) }
  await trx.insertInto('cell_changes').values(row).execute()
  return row.id
}

/** The changes of a case, the first one first. */
export async function readLog(db: Kysely<Database>, caseId: string): Promise<Static<typeof ChangeLog>> {
  const rows = await db
    .selectFrom('cell_changes')
    .innerJoin('users', 'users.id', 'cell_changes.user_id')
    .select(['cell_changes.id', 'at', 'user_id', 'users.name', 'changes'])
    .where('case_id', '=', caseId)
    .orderBy('cell_changes.number')
    .execute()
  return rows.map(({ id, at, user_id, name, changes }) => ({
    id,
    at: Number(at),
    userId: user_id,
    userName: name,
    changes: JSON.parse(changes),
  }))
}
