import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { notFound } from '../errors.ts'

/** The row of a case, signed or not. Errors: NOT_FOUND. */
export async function findCase(db: Kysely<Database>, id: string) {
  const row = await db.selectFrom('cases').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound('case')
  return row
}
