import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'
import { may, ROLES } from '../permissions.ts'

const READING_ROLES = ROLES.filter((role) => may(role, 'case.review'))

/** Who may be named as the reader of a case: everyone who may review and is not disabled, by name. */
export const readers = (db: Kysely<Database>) =>
  db
    .selectFrom('users')
    .select(['id', 'name', 'role'])
    .where('disabled', '=', 0)
    .where('role', 'in', READING_ROLES)
    .orderBy('name')
    .orderBy('id')
    .execute()

/** Errors: READER_UNKNOWN. */
export async function mustBeReader(db: Kysely<Database>, id: string): Promise<void> {
  if ((await readers(db)).some((reader) => reader.id === id)) return
  throw new HttpError(
    422,
    'READER_UNKNOWN',
    'There is no such person who may review; choose a reader from the list.',
  )
}
