/** Links that work once: to set up the site, to join, to choose a new password. */
import type { Kysely, Selectable } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Database, Tokens } from '../database/schema.ts'
import { HttpError } from '../errors.ts'
import { may, type Role } from '../permissions.ts'
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

/** Whoever hands out a right must have it still when it is taken up. */
export const makerMay = ({ role, disabled }: { role: Role | null; disabled: number | null }): boolean =>
  role !== null && disabled === 0 && may(role, 'users.manage')

/**
 * Errors: LINK_NOT_VALID when it was used, is too old or was never made, when whoever made it may not make such links any
 * more, or when the account that it is for is disabled.
 */
export async function openLink(
  db: Kysely<Database>,
  kind: Kind,
  secret: string,
): Promise<Selectable<Tokens>> {
  const found = await db
    .selectFrom('tokens')
    .leftJoin('users as maker', 'maker.id', 'tokens.created_by')
    .leftJoin('users as subject', 'subject.id', 'tokens.user_id')
    .selectAll('tokens')
    .select(['maker.role as maker_role', 'maker.disabled as maker_disabled'])
    .select('subject.disabled as subject_disabled')
    .where('token_hash', '=', secretHash(secret))
    .where('kind', '=', kind)
    .where('used_at', 'is', null)
    .where('expires_at', '>', Date.now())
    .executeTakeFirst()
  if (found) {
    const { maker_role: role, maker_disabled: disabled, subject_disabled, ...row } = found
    // The link of the first start has no maker.
    if (kind === 'setup' || (makerMay({ role, disabled }) && !subject_disabled)) return row
  }
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

/** A password was changed: whoever knew the old one holds no link any more, neither for this account nor made by it. */
export async function dropLinks(trx: Kysely<Database>, userId: string): Promise<void> {
  await dropLinksMadeBy(trx, userId)
  await dropResetLinks(trx, userId)
}

export const dropLinksMadeBy = (trx: Kysely<Database>, userId: string) =>
  trx.deleteFrom('tokens').where('created_by', '=', userId).where('used_at', 'is', null).execute()

export const dropResetLinks = (trx: Kysely<Database>, userId: string) =>
  trx
    .deleteFrom('tokens')
    .where('kind', '=', 'reset')
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .execute()
