import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { forgetGuesses } from './guessing.ts'
import { forgetDevices } from './known-devices.ts'
import { dropLinks } from './one-time-links.ts'

/** Keeps a new password, and ends all that the old one had opened: every session, link and known device of the account. */
export async function setPassword(
  trx: Kysely<Database>,
  { id, email }: { id: string; email: string },
  password_hash: string,
): Promise<void> {
  await trx.updateTable('users').set({ password_hash }).where('id', '=', id).execute()
  await trx.deleteFrom('sessions').where('user_id', '=', id).execute()
  await dropLinks(trx, id)
  await forgetDevices(trx, id)
  await forgetGuesses(trx, email)
}
