/** Who is calling, and whether that person may. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { v7 as uuid } from 'uuid'
import { HttpError } from '../errors.ts'
import { may, type Role } from '../permissions.ts'
import { rememberDevice } from './known-devices.ts'
import { newSecret, secretHash } from './secrets.ts'

export const COOKIE = 'marrowscope_session'
const HOUR = 3_600_000
/** A session ends after so long without a request, and after so long in any case. */
export const IDLE = 12 * HOUR
export const ABSOLUTE = 14 * 24 * HOUR

export interface SignedIn {
  id: string
  name: string
  email: string
  role: Role
  locale: 'en' | 'zh'
  /** JSON; null for the usual keys. */
  typeKeys: string | null
}

type SignedInRow = Omit<SignedIn, 'typeKeys'> & { type_keys: string | null }

export const signedIn = ({ id, name, email, role, locale, type_keys }: SignedInRow): SignedIn => ({
  id,
  name,
  email,
  role,
  locale,
  typeKeys: type_keys,
})

declare module 'fastify' {
  interface FastifyRequest {
    user: SignedIn | null
    sessionId: string | null
  }
}

export function sessions(app: FastifyInstance): void {
  app.decorateRequest('user', null)
  app.decorateRequest('sessionId', null)
  app.addHook('onRequest', async (request) => {
    const permission = request.routeOptions.config.permission
    if (permission === undefined) return
    refuseCrossOrigin(request)
    if (permission === 'public') return identify(request)
    const { role } = await mustBeSignedIn(request)
    if (permission !== 'self' && !may(role, permission)) {
      throw new HttpError(403, 'NOT_ALLOWED', 'Your role does not allow this. Ask an administrator.')
    }
  })
}

/** The person who is calling. Errors: NOT_SIGNED_IN. */
export async function mustBeSignedIn(request: FastifyRequest): Promise<SignedIn> {
  await identify(request)
  if (request.user) return request.user
  throw new HttpError(
    401,
    'NOT_SIGNED_IN',
    'You are not signed in, or your session has ended. Sign in again.',
  )
}

/** A page of another site must not act in a person's name. */
function refuseCrossOrigin(request: FastifyRequest): void {
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return
  const { origin, host } = request.headers
  const own = [request.server.ports.config.origin, `http://${host}`, `https://${host}`]
  const foreign = origin !== undefined && !own.includes(origin)
  if (foreign || request.headers['sec-fetch-site'] === 'cross-site') {
    throw new HttpError(403, 'CROSS_ORIGIN', 'This request came from another site and was refused.')
  }
}

async function identify(request: FastifyRequest): Promise<void> {
  const secret = request.cookies[COOKIE]
  if (!secret) return
  const { db } = request.server.ports
  const row = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select([
      'sessions.id as session_id',
      'last_seen_at',
      'expires_at',
      'users.id',
      'name',
      'email',
      'role',
      'locale',
      'disabled',
      'type_keys',
    ])
    .where('token_hash', '=', secretHash(secret))
    .executeTakeFirst()
  const now = Date.now()
  if (!row || row.disabled || row.expires_at < now || row.last_seen_at + IDLE < now) return
  if (row.last_seen_at + 60_000 < now) {
    await db.updateTable('sessions').set({ last_seen_at: now }).where('id', '=', row.session_id).execute()
  }
  request.sessionId = row.session_id
  request.user = signedIn(row)
}

/** Begins a session and gives its cookie; the one that the browser had until now ends. The device is known from here on. */
export async function beginSession(
  request: FastifyRequest,
  reply: FastifyReply,
  userId: string,
): Promise<void> {
  const { db, config } = request.server.ports
  const secret = newSecret()
  const now = Date.now()
  await db.deleteFrom('sessions').where('expires_at', '<', now).execute()
  const old = request.cookies[COOKIE]
  if (old) await db.deleteFrom('sessions').where('token_hash', '=', secretHash(old)).execute()
  await db
    .insertInto('sessions')
    .values({
      id: uuid(),
      token_hash: secretHash(secret),
      user_id: userId,
      ip: request.ip.slice(0, 64),
      user_agent: (request.headers['user-agent'] ?? '').slice(0, 500),
      created_at: now,
      last_seen_at: now,
      expires_at: now + ABSOLUTE,
    })
    .execute()
  reply.setCookie(COOKIE, secret, {
    httpOnly: true,
    sameSite: 'strict',
    path: '/',
    secure: config.secureCookies,
    maxAge: ABSOLUTE / 1000,
  })
  await rememberDevice(request, reply, userId)
}
