import type { ExpressionBuilder, Transaction } from 'kysely'
import { inChunks } from '../database/in-chunks.ts'
import type { CellEmbeddings, Database } from '../database/schema.ts'

/** Keeps what a recogniser saw in cells, in the place of what was kept of them. */
export async function keepEmbeddings(
  trx: Transaction<Database>,
  rows: readonly CellEmbeddings[],
): Promise<void> {
  for (const chunk of inChunks(rows)) {
    const ids = chunk.map(({ cell_id }) => cell_id)
    await trx.deleteFrom('cell_embeddings').where('cell_id', 'in', ids).execute()
    await trx.insertInto('cell_embeddings').values(chunk).execute()
  }
}

/**
 * Takes the cells of a field out of the database with what was kept of them, and returns how many. `found`: only those that the networks found
 * and no person has touched, a second reader included, and that is asked at the moment of deletion.
 */
export async function forgetCells(
  trx: Transaction<Database>,
  { id, case_id }: { id: string; case_id: string },
  which: 'found' | 'all',
): Promise<number> {
  const untouched = (e: ExpressionBuilder<Database, 'cells'>) =>
    e.and([
      e.and({ origin: 'model', reviewed: 0, deleted: 0 }),
      // A tag or a comment is somebody's work as well.
      e('tags', 'is', null),
      e.not(
        e.exists(
          e
            .selectFrom('cell_comments')
            .select('cell_comments.id')
            .whereRef('cell_comments.cell_id', '=', 'cells.id'),
        ),
      ),
      e.not(
        e.exists(
          e
            .selectFrom('second_reading_cells as own')
            .select('own.id')
            .whereRef('own.cell_id', '=', 'cells.id')
            .where((own) => own.or([own('own.reviewed', '=', 1), own('own.tags', 'is not', null)])),
        ),
      ),
    ])
  await trx
    .deleteFrom('cell_embeddings')
    // Without the case MariaDB would look at the embeddings of every case.
    .where('case_id', '=', case_id)
    .where('cell_id', 'in', (eb) => {
      const ids = eb.selectFrom('cells').select('cells.id').where('field_id', '=', id)
      return which === 'all' ? ids : ids.where(untouched)
    })
    .execute()
  if (which === 'all') {
    await trx
      .deleteFrom('cell_comments')
      .where('case_id', '=', case_id)
      .where('cell_id', 'in', (eb) => eb.selectFrom('cells').select('cells.id').where('field_id', '=', id))
      .execute()
  }
  const cells = trx.deleteFrom('cells').where('field_id', '=', id)
  const { numDeletedRows } = await (which === 'all' ? cells : cells.where(untouched)).executeTakeFirst()
  return Number(numDeletedRows)
}
