/** Devices on which a person has signed in before, so that guesses from elsewhere do not lock that person out there. */
import { addColumn, dropIndex, makeIndex, makeTables } from './make-tables.ts'
import type { AnyDatabase } from './tables.ts'

export async function up(db: AnyDatabase): Promise<void> {
  await makeTables(
    db,
    { known_devices: 'id user_id:id token_hash:hash created_at:time last_used_at:time' },
    [['known_devices', ['token_hash', 'user_id']]],
    [['known_devices', ['user_id']]],
  )
  await addColumn(db, 'login_failures', 'place', 'word', '')
  await makeIndex(db, 'login_failures', 'login_failures_email_place_at', ['email', 'place', 'at'])
  await dropIndex(db, 'login_failures', 'login_failures_email_at')
}
