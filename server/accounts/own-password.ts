import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'
import { verifyPassword } from './passwords.ts'

/** Whoever signs or erases gives the password again. Errors: PASSWORD_WRONG. */
export async function checkOwnPassword(
  db: Kysely<Database>,
  userId: string,
  password: string,
): Promise<void> {
  const user = await db
    .selectFrom('users')
    .select('password_hash')
    .where('id', '=', userId)
    .executeTakeFirstOrThrow()
  if (await verifyPassword(user.password_hash, password)) return
  throw new HttpError(403, 'PASSWORD_WRONG', 'This is not your password; nothing was done. Type it again.')
}
