import type { Kysely } from 'kysely'
import { inChunks } from '../database/in-chunks.ts'
import type { Database } from '../database/schema.ts'

/**
 * Notes, within the transaction that gives fields another scale, those of which cells were reviewed already: a person named them as they
 * looked at the old one. Those without are as if they had had the new one from the first.
 */
export async function markRescaled(trx: Kysely<Database>, fieldIds: readonly string[]): Promise<void> {
  for (const ids of inChunks(fieldIds)) {
    await trx.updateTable('fields').set({ rescaled: 0 }).where('id', 'in', ids).execute()
    await trx
      .updateTable('fields')
      .set({ rescaled: 1 })
      .where('id', 'in', ids)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('cells')
            .select('cells.id')
            .whereRef('cells.field_id', '=', 'fields.id')
            .where('cells.reviewed', '=', 1)
            .where('cells.deleted', '=', 0),
        ),
      )
      .execute()
  }
}
