/** What a signed-in person does with the own account. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import { Nothing, WithId } from '../api/common.ts'
import { changed } from '../audit/changed.ts'
import { record } from '../audit/record.ts'
import type { Database } from '../database/schema.ts'
import { HttpError, notFound } from '../errors.ts'
import { setPassword } from './new-password.ts'
import { isOwnPassword } from './own-password.ts'
import { typeKeysToKeep } from './own-type-keys.ts'
import { hashPassword } from './passwords.ts'
import { Me, MePatch, PasswordChange, SessionInfo } from './schemas.ts'
import { permissionsOf } from './sees-identities.ts'
import { beginSession, COOKIE, IDLE, type SignedIn } from './sessions.ts'

export const meAnswer = async (
  db: Kysely<Database>,
  { id, email, name, role, locale, typeKeys }: SignedIn,
) => ({
  id,
  email,
  name,
  role,
  locale,
  permissions: await permissionsOf(db, role),
  typeKeys: typeKeys === null ? null : JSON.parse(typeKeys),
})

export const meRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.ports

  app.route({
    method: 'GET',
    url: '/me',
    config: { permission: 'self', audit: false },
    schema: { operationId: 'getMe', response: { 200: Me } },
    handler: async (request) => meAnswer(db, request.user!),
  })

  app.route({
    method: 'PATCH',
    url: '/me',
    config: { permission: 'self', audit: 'account.edit' },
    schema: { operationId: 'editMe', body: MePatch, response: { 200: Me } },
    handler: async (request) => {
      const user = request.user!
      const { name = user.name, locale = user.locale, typeKeys: keys } = request.body
      const typeKeys = keys === undefined ? user.typeKeys : typeKeysToKeep(keys)
      const next = { name, locale, type_keys: typeKeys }
      const before = { name: user.name, locale: user.locale, typeKeys: user.typeKeys }
      await db.transaction().execute(async (trx) => {
        await trx.updateTable('users').set(next).where('id', '=', user.id).execute()
        const after = { name, locale, typeKeys }
        await record(trx, { event: 'account.edit', subjectId: user.id, ...changed(before, after) })
      })
      return meAnswer(db, { ...user, name, locale, typeKeys })
    },
  })

  app.route({
    method: 'POST',
    url: '/me/password',
    config: { permission: 'self', audit: 'account.password', rateLimit: { max: 10, timeWindow: 60_000 } },
    schema: { operationId: 'changePassword', body: PasswordChange, response: { 200: Nothing } },
    handler: async (request, reply) => {
      const { id, email } = request.user!
      if (!(await isOwnPassword(db, id, request.body.current))) {
        throw new HttpError(403, 'WRONG_PASSWORD', 'The present password is not right; nothing was changed.')
      }
      const password_hash = await hashPassword(request.body.next)
      await db.transaction().execute(async (trx) => {
        await setPassword(trx, { id, email }, password_hash)
        await record(trx, { event: 'account.password', subjectId: id })
      })
      // This browser goes on with a session of its own: a copy of its old cookie opens nothing.
      await beginSession(request, reply, id)
      return null
    },
  })

  app.route({
    method: 'GET',
    url: '/me/sessions',
    config: { permission: 'self', audit: false },
    schema: { operationId: 'listMySessions', response: { 200: Type.Array(SessionInfo) } },
    handler: async (request) => {
      const rows = await db
        .selectFrom('sessions')
        .selectAll()
        .where('user_id', '=', request.user!.id)
        .where('expires_at', '>', Date.now())
        .where('last_seen_at', '>', Date.now() - IDLE)
        .orderBy('last_seen_at', 'desc')
        .execute()
      return rows.map((row) => ({
        id: row.id,
        current: row.id === request.sessionId,
        ip: row.ip,
        userAgent: row.user_agent,
        createdAt: row.created_at,
        lastSeenAt: row.last_seen_at,
      }))
    },
  })

  app.route({
    method: 'DELETE',
    url: '/me/sessions/:id',
    config: { permission: 'self', audit: 'session.end' },
    schema: { operationId: 'endMySession', params: WithId, response: { 200: Nothing } },
    handler: async (request) => {
      const { numDeletedRows } = await db
        .deleteFrom('sessions')
        .where('id', '=', request.params.id)
        .where('user_id', '=', request.user!.id)
        .executeTakeFirst()
      if (Number(numDeletedRows) === 0) throw notFound('session')
      return null
    },
  })

  app.route({
    method: 'DELETE',
    url: '/session',
    config: { permission: 'self', audit: 'session.sign-out' },
    schema: { operationId: 'signOut', response: { 200: Nothing } },
    handler: async (request, reply) => {
      await db.deleteFrom('sessions').where('id', '=', request.sessionId!).execute()
      reply.clearCookie(COOKIE, { path: '/' })
      return null
    },
  })
}
