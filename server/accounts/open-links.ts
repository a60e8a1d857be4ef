/** The links that would still work, and how they end before their time. */
import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { record } from '../audit/record.ts'
import type { Database } from '../database/schema.ts'
import { HttpError, notFound } from '../errors.ts'
import { makerMay } from './one-time-links.ts'
import type { OpenLink } from './schemas.ts'

/** The newest first. What its maker may no longer hand out is not there: it works no more. */
export async function openLinks(db: Kysely<Database>): Promise<Static<typeof OpenLink>[]> {
  const rows = await db
    .selectFrom('tokens')
    .leftJoin('users as maker', 'maker.id', 'tokens.created_by')
    .leftJoin('users as subject', 'subject.id', 'tokens.user_id')
    .select(['tokens.id', 'tokens.kind', 'tokens.email', 'tokens.role', 'tokens.created_at', 'expires_at'])
    .select(['maker.name as maker_name', 'maker.role as maker_role', 'maker.disabled as maker_disabled'])
    .select(['subject.name as subject_name', 'subject.email as subject_email'])
    .where('used_at', 'is', null)
    .where('kind', 'in', ['invitation', 'reset'])
    .where('expires_at', '>', Date.now())
    .orderBy('tokens.created_at', 'desc')
    .execute()
  return rows
    .filter(({ maker_role: role, maker_disabled: disabled }) => makerMay({ role, disabled }))
    .map((row) => ({
      id: row.id,
      kind: row.kind as 'invitation' | 'reset',
      email: row.subject_email ?? row.email,
      name: row.subject_name,
      role: row.role,
      makerName: row.maker_name!,
      createdAt: Number(row.created_at),
      expiresAt: Number(row.expires_at),
    }))
}

/** Errors: EMAIL_HAS_ACCOUNT; INVITED_ALREADY, with who did it and until when, unless `again`. */
export async function refuseIfInvited(db: Kysely<Database>, email: string, again: boolean): Promise<void> {
  const account = await db.selectFrom('users').select('name').where('email', '=', email).executeTakeFirst()
  if (account) {
    throw new HttpError(
      409,
      'EMAIL_HAS_ACCOUNT',
      `${account.name} has an account with this address already. Where the password is lost, make a link to reset it.`,
      { name: account.name },
    )
  }
  const open = again
    ? undefined
    : (await openLinks(db)).find((link) => link.kind === 'invitation' && link.email === email)
  if (!open) return
  const { makerName, expiresAt } = open
  throw new HttpError(
    409,
    'INVITED_ALREADY',
    `${makerName} has invited this address already; that link still works.`,
    {
      makerName,
      expiresAt,
    },
  )
}

/** Errors: NOT_FOUND of one that was used or never there. */
export async function withdrawLink(db: Kysely<Database>, id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('tokens')
      .select(['kind', 'user_id', 'email', 'role'])
      .where('id', '=', id)
      .where('used_at', 'is', null)
      .executeTakeFirst()
    if (!row) throw notFound('link')
    await trx.deleteFrom('tokens').where('id', '=', id).where('used_at', 'is', null).execute()
    const before = { kind: row.kind, userId: row.user_id, email: row.email, role: row.role }
    await record(trx, { event: 'link.withdraw', before })
  })
}
