import type { Kysely, Transaction } from 'kysely'
import { v7 as uuid } from 'uuid'
import { isDuplicate } from '../database/is-duplicate.ts'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'
import type { Role } from '../permissions.ts'
import { hashPassword } from './passwords.ts'

export interface NewUser {
  email: string
  name: string
  password: string
  role: Role
}

/** Errors: EMAIL_TAKEN. */
export async function createUser(
  db: Kysely<Database>,
  { email, name, password, role }: NewUser,
): Promise<string> {
  const address = email.trim().toLowerCase()
  const id = uuid()
  await db
    .insertInto('users')
    .values({
      id,
      email: address,
      name: name.trim(),
      password_hash: await hashPassword(password),
      role,
      locale: 'en',
      disabled: 0,
      version: 1,
      created_at: Date.now(),
    })
    .execute()
    .catch((error: unknown) => {
      if (!isDuplicate(error)) throw error
      throw new HttpError(409, 'EMAIL_TAKEN', 'There is an account with this address. Sign in with it.')
    })
  return id
}

export async function hasUsers(db: Kysely<Database>): Promise<boolean> {
  return (await db.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined
}

/**
 * Errors: LAST_ADMINISTRATOR when no other one would be left. The write comes first because it takes the rows' locks on
 * every database: of two administrators who demote each other at once, the second sees what the first did.
 */
export async function refuseIfLastAdministrator(trx: Transaction<Database>, id: string): Promise<void> {
  await trx
    .updateTable('users')
    .set((row) => ({ version: row.ref('version') }))
    .where('role', '=', 'administrator')
    .execute()
  const others = await trx
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'administrator')
    .where('disabled', '=', 0)
    .where('id', '!=', id)
    .limit(1)
    .executeTakeFirst()
  if (others) return
  throw new HttpError(
    409,
    'LAST_ADMINISTRATOR',
    'This is the only administrator. Make someone else administrator first.',
  )
}
