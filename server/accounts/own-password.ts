import type { Kysely } from 'kysely'
import { requestInWork } from '../audit/record.ts'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'
import { limitGuesses } from './guessing.ts'
import { verifyPassword } from './passwords.ts'

/**
 * Whether a person who is signed in knows the own password; guessed at most as often as at sign-in, counted by the session.
 *
 * Errors: LOCKED_OUT.
 */
export async function isOwnPassword(
  db: Kysely<Database>,
  userId: string,
  password: string,
): Promise<boolean> {
  const { email, password_hash } = await db
    .selectFrom('users')
    .select(['email', 'password_hash'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow()
  const request = requestInWork.getStore()
  const guess = { email, place: request?.sessionId ?? 'own', ip: request?.ip ?? '' }
  return limitGuesses(db, guess, () => verifyPassword(password_hash, password))
}

/** Whoever signs or erases gives the password again. Errors: PASSWORD_WRONG, LOCKED_OUT. */
export async function checkOwnPassword(
  db: Kysely<Database>,
  userId: string,
  password: string,
): Promise<void> {
  if (await isOwnPassword(db, userId, password)) return
  throw new HttpError(403, 'PASSWORD_WRONG', 'This is not your password; nothing was done. Type it again.')
}
