import type { Kysely } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'
import { verifyPassword } from './passwords.ts'

const WINDOW = 15 * 60_000
export const MAX_FAILURES = 8

/** The id of who has this address and password. Errors: LOCKED_OUT, WRONG_PASSWORD. */
export async function signIn(
  db: Kysely<Database>,
  email: string,
  password: string,
  ip: string,
): Promise<string> {
  const address = email.trim().toLowerCase()
  const since = Date.now() - WINDOW
  const failures = await db
    .selectFrom('login_failures')
    .select('at')
    .where('email', '=', address)
    .where('at', '>', since)
    .orderBy('at', 'desc')
    .limit(MAX_FAILURES)
    .execute()
  if (failures.length >= MAX_FAILURES) {
    const minutes = Math.max(1, Math.ceil((failures.at(-1)!.at - since) / 60_000))
    throw new HttpError(
      429,
      'LOCKED_OUT',
      `Too many wrong passwords for this address. Wait ${minutes} min, or ask an administrator for a reset link.`,
    )
  }
  const user = await db
    .selectFrom('users')
    .select(['id', 'password_hash', 'disabled'])
    .where('email', '=', address)
    .executeTakeFirst()
  const right = await verifyPassword(user?.password_hash, password)
  if (!right || user!.disabled) {
    const failure = { id: uuid(), email: address, ip: ip.slice(0, 64), at: Date.now() }
    await db.insertInto('login_failures').values(failure).execute()
    await db.deleteFrom('login_failures').where('at', '<', since).execute()
    throw new HttpError(401, 'WRONG_PASSWORD', 'The address or the password is not right. Try again.')
  }
  await db.deleteFrom('login_failures').where('email', '=', address).execute()
  return user!.id
}
