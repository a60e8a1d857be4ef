/** Links that work once: to set up the site, to join, to choose a new password. */
import type { Kysely, Selectable } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Database, Tokens } from '../database/schema.ts'
import { HttpError } from '../errors.ts'
import { newSecret, secretHash } from './secrets.ts'

const DAY = 24 * 3_600_000
const LIFE = { setup: 3650 * DAY, invitation: 7 * DAY, reset: DAY }
const PAGE = { setup: 'setup', invitation: 'join', reset: 'reset' }

type Kind = Tokens['kind']
type About = Partial<Pick<Tokens, 'user_id' | 'email' | 'role' | 'created_by'>>

export async function newLink(db: Kysely<Database>, origin: string, kind: Kind, about: About = {}) {
  const secret = newSecret()
  const now = Date.now()
  const expiresAt = now + LIFE[kind]
  await db
    .insertInto('tokens')
    .values({
      id: uuid(),
      kind,
      token_hash: secretHash(secret),
      user_id: null,
      email: null,
      role: null,
      created_by: null,
      ...about,
      created_at: now,
      expires_at: expiresAt,
      used_at: null,
    })
    .execute()
  return { link: `${origin}/${PAGE[kind]}?token=${secret}`, expiresAt }
}

/** Errors: LINK_NOT_VALID when it was used, is too old or was never made. */
export async function openLink(
  db: Kysely<Database>,
  kind: Kind,
  secret: string,
): Promise<Selectable<Tokens>> {
  const row = await db
    .selectFrom('tokens')
    .selectAll()
    .where('token_hash', '=', secretHash(secret))
    .where('kind', '=', kind)
    .where('used_at', 'is', null)
    .where('expires_at', '>', Date.now())
    .executeTakeFirst()
  if (row) return row
  throw new HttpError(404, 'LINK_NOT_VALID', 'This link was used already or has expired. Ask for a new one.')
}

/** As `openLink`, and marks it used; of two at once one gets it. */
export async function useLink(db: Kysely<Database>, kind: Kind, secret: string): Promise<Selectable<Tokens>> {
  const row = await openLink(db, kind, secret)
  const { numUpdatedRows } = await db
    .updateTable('tokens')
    .set({ used_at: Date.now() })
    .where('id', '=', row.id)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  if (Number(numUpdatedRows) === 1) return row
  throw new HttpError(404, 'LINK_NOT_VALID', 'This link was used already. Ask for a new one.')
}
