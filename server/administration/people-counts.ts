import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { IDLE } from '../accounts/sessions.ts'
import type { Database } from '../database/schema.ts'
import { ROLES } from '../permissions.ts'
import type { PeopleCounts } from './schemas.ts'

const DAY = 86_400_000

export async function peopleCounts(db: Kysely<Database>): Promise<Static<typeof PeopleCounts>> {
  const now = Date.now()
  const users = await db
    .selectFrom('users')
    .select((e) => ['role', 'disabled', e.fn.countAll().as('count')])
    .groupBy(['role', 'disabled'])
    .execute()
  const count = (role: string, disabled: 0 | 1) =>
    Number(users.find((row) => row.role === role && row.disabled === disabled)?.count ?? 0)
  const open = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select((e) => [e.fn.countAll().as('sessions'), e.fn.count('user_id').distinct().as('people')])
    .where('expires_at', '>', now)
    .where('last_seen_at', '>', now - IDLE)
    .where('disabled', '=', 0)
    .executeTakeFirstOrThrow()
  // The table of failures forgets after minutes; the audit does not.
  const { failed } = await db
    .selectFrom('audit')
    .select((e) => e.fn.countAll().as('failed'))
    .where('at', '>', now - DAY)
    .where('event', '=', 'session.sign-in')
    .where('status', '>=', 400)
    .executeTakeFirstOrThrow()
  return {
    roles: ROLES.map((role) => ({ role, active: count(role, 0), disabled: count(role, 1) })),
    sessions: Number(open.sessions),
    peopleSignedIn: Number(open.people),
    failedSignIns: Number(failed),
  }
}
