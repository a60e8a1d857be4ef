import type { Kysely, Selectable } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Database, ResearchExports } from '../database/schema.ts'

/** Says in the audit which set was taken out, and how many cases, in the transaction that begins it. */
export async function auditExport(
  trx: Kysely<Database>,
  userId: string,
  { id, filter, images, cases }: Selectable<ResearchExports>,
): Promise<void> {
  await trx
    .insertInto('audit')
    .values({
      id: uuid(),
      at: Date.now(),
      user_id: userId,
      ip: '',
      event: 'research.export',
      subject_id: id,
      status: 200,
      detail: JSON.stringify({ filter: JSON.parse(filter), images: images === 1, cases }),
    })
    .execute()
}
