import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'

/** The place of what is written next in a case that is locked: 1, 2, 3 … Time and ids tell no order: a clock may go back. */
export async function nextNumber(
  trx: Kysely<Database>,
  table: 'signatures' | 'cell_changes',
  caseId: string,
): Promise<number> {
  const { last } = await trx
    .selectFrom(table)
    .select((eb) => eb.fn.max('number').as('last'))
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow()
  return Number(last ?? 0) + 1
}
