import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { v7 } from 'uuid'
import { record } from '../audit/record.ts'
import { lockCase } from '../case-lock/cases.ts'
import { findCase } from '../case-lock/find-case.ts'
import { inChunks } from '../database/in-chunks.ts'
import type { Database } from '../database/schema.ts'
import { notFound } from '../errors.ts'
import type { Comment, NewComment } from './schemas.ts'

/** What persons said of the cells of a case, the first one first. Errors: NOT_FOUND. */
export async function readComments(db: Kysely<Database>, caseId: string): Promise<Static<typeof Comment>[]> {
  await findCase(db, caseId)
  const rows = await db
    .selectFrom('cell_comments')
    .innerJoin('users', 'users.id', 'cell_comments.user_id')
    .innerJoin('cells', 'cells.id', 'cell_comments.cell_id')
    .select(['cell_comments.id', 'cell_id', 'at', 'user_id', 'users.name', 'text'])
    .where('cell_comments.case_id', '=', caseId)
    .orderBy('cell_comments.id')
    .execute()
  return rows.map(({ id, cell_id, at, user_id, name, text }) => ({
    ...{ id, cellId: cell_id, at: Number(at), userId: user_id, userName: name, text },
  }))
}

/** Says the same of one cell or of several. Errors: CASE_SIGNED; NOT_FOUND where a cell is not of this case. */
export function addComments(
  db: Kysely<Database>,
  caseId: string,
  userId: string,
  { cellIds, text }: Static<typeof NewComment>,
): Promise<void> {
  return db.transaction().execute(async (trx) => {
    const at = Date.now()
    await lockCase(trx, caseId, at)
    const ids = [...new Set(cellIds)]
    let found = 0
    for (const chunk of inChunks(ids)) {
      const rows = await trx
        .selectFrom('cells')
        .select('id')
        .where('case_id', '=', caseId)
        .where('id', 'in', chunk)
        .execute()
      found += rows.length
    }
    if (found < ids.length) throw notFound('cell')
    const rows = ids.map((cell_id) => ({ id: v7(), case_id: caseId, cell_id, user_id: userId, at, text }))
    for (const chunk of inChunks(rows)) await trx.insertInto('cell_comments').values(chunk).execute()
    // The words themselves are kept beside the cells, and go with the patient.
    const after = { cells: ids.length, letters: text.length }
    await record(trx, { event: 'comment.add', caseId, after })
  })
}
