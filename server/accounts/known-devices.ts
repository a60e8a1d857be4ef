/** Browsers in which a person has signed in before. A device opens nothing: it has a count of wrong passwords of its own. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Database } from '../database/schema.ts'
import { newSecret, secretHash } from './secrets.ts'

export const DEVICE_COOKIE = 'marrowscope_device'
const LIFE = 365 * 24 * 3_600_000

/** The id of the device that the request comes from, where this account has signed in on it; '' else. */
export async function deviceOf(request: FastifyRequest, userId: string | undefined): Promise<string> {
  const secret = request.cookies[DEVICE_COOKIE]
  if (!secret || userId === undefined) return ''
  const row = await request.server.ports.db
    .selectFrom('known_devices')
    .select('id')
    .where('token_hash', '=', secretHash(secret))
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row?.id ?? ''
}

/** The person has signed in on it: it is known from here on. People who share a browser share its secret. */
export async function rememberDevice(
  request: FastifyRequest,
  reply: FastifyReply,
  userId: string,
): Promise<void> {
  const { db, config } = request.server.ports
  const given = request.cookies[DEVICE_COOKIE] ?? ''
  const there = await db
    .selectFrom('known_devices')
    .select('user_id')
    .where('token_hash', '=', secretHash(given))
    .execute()
  const secret = there.length > 0 ? given : newSecret()
  const now = Date.now()
  const token_hash = secretHash(secret)
  if (there.some(({ user_id }) => user_id === userId)) {
    await db
      .updateTable('known_devices')
      .set({ last_used_at: now })
      .where('token_hash', '=', token_hash)
      .where('user_id', '=', userId)
      .execute()
  } else {
    const row = { id: uuid(), user_id: userId, token_hash, created_at: now, last_used_at: now }
    await db.insertInto('known_devices').values(row).execute()
  }
  await db
    .deleteFrom('known_devices')
    .where('last_used_at', '<', now - LIFE)
    .execute()
  reply.setCookie(DEVICE_COOKIE, secret, {
    httpOnly: true,
    sameSite: 'strict',
    path: '/api',
    secure: config.secureCookies,
    maxAge: LIFE / 1000,
  })
}

export const forgetDevices = (db: Kysely<Database>, userId: string) =>
  db.deleteFrom('known_devices').where('user_id', '=', userId).execute()
