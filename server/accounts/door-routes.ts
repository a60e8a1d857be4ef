/** What anyone may call: to find out the site's state, to sign in, to join by a link. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import { Type } from 'typebox'
import { INTENDED_USE } from '../../cytology/index.ts'
import about from '../../package.json' with { type: 'json' }
import { Nothing } from '../api/common.ts'
import { record } from '../audit/record.ts'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'
import { meAnswer } from './me-routes.ts'
import { setPassword } from './new-password.ts'
import { openLink, useLink } from './one-time-links.ts'
import { hashPassword } from './passwords.ts'
import { InvitationState, Me, PasswordReset, Register, Setup, SignIn, SiteState } from './schemas.ts'
import { beginSession, signedIn } from './sessions.ts'
import { signIn } from './sign-in.ts'
import { siteSettings } from './site-settings.ts'
import { createUser, hasUsers, type NewUser } from './users.ts'

/** Guessing is slowed down by the address it comes from; guessing at one account by `signIn`. */
const rateLimit = { max: 30, timeWindow: 60_000 }

export const doorRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.ports

  const enter = async (request: FastifyRequest, reply: FastifyReply, userId: string) => {
    await beginSession(request, reply, userId)
    const row = await db.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirstOrThrow()
    request.user = signedIn(row)
    return meAnswer(db, request.user)
  }

  app.route({
    method: 'GET',
    url: '/state',
    config: { permission: 'public', audit: false },
    schema: { operationId: 'getState', response: { 200: SiteState } },
    handler: async () => ({
      needsSetup: !(await hasUsers(db)),
      registration: (await siteSettings(db)).registration,
      version: about.version,
      intendedUse: INTENDED_USE,
    }),
  })

  app.route({
    method: 'POST',
    url: '/setup',
    config: { permission: 'public', audit: 'site.setup', rateLimit },
    schema: { operationId: 'setUp', body: Setup, response: { 200: Me } },
    handler: async (request, reply) => {
      if (await hasUsers(db)) {
        throw new HttpError(409, 'SET_UP_ALREADY', 'This site has its administrator. Sign in instead.')
      }
      const { token, ...person } = request.body
      const id = await db.transaction().execute(async (trx) => {
        await useLink(trx, 'setup', token)
        const made = await createUser(trx, { ...person, role: 'administrator' })
        await recordJoined(trx, 'site.setup', made, { ...person, role: 'administrator' })
        return made
      })
      return enter(request, reply, id)
    },
  })

  app.route({
    method: 'POST',
    url: '/session',
    config: { permission: 'public', audit: 'session.sign-in', rateLimit },
    schema: { operationId: 'signIn', body: SignIn, response: { 200: Me } },
    handler: async (request, reply) =>
      enter(request, reply, await signIn(request, request.body.email, request.body.password)),
  })

  app.route({
    method: 'GET',
    url: '/invitations/by-token/:token',
    config: { permission: 'public', audit: false, rateLimit },
    schema: {
      operationId: 'getInvitation',
      params: Type.Object({ token: Type.String({ maxLength: 100 }) }),
      response: { 200: InvitationState },
    },
    handler: async (request) => {
      const { email, role } = await openLink(db, 'invitation', request.params.token)
      return { email, role: role! }
    },
  })

  app.route({
    method: 'POST',
    url: '/register',
    config: { permission: 'public', audit: 'account.register', rateLimit },
    schema: { operationId: 'register', body: Register, response: { 200: Me } },
    handler: async (request, reply) => {
      const { token, ...person } = request.body
      if (token === undefined) {
        if ((await siteSettings(db)).registration === 'open') {
          const made = await db.transaction().execute(async (trx) => {
            const user = { ...person, role: 'read_only' as const }
            const joined = await createUser(trx, user)
            await recordJoined(trx, 'account.register', joined, user)
            return joined
          })
          return enter(request, reply, made)
        }
        throw new HttpError(
          403,
          'INVITATION_NEEDED',
          'This site is joined by invitation. Ask an administrator.',
        )
      }
      const invitation = await openLink(db, 'invitation', token)
      if (invitation.email !== null && invitation.email !== person.email.trim().toLowerCase()) {
        throw new HttpError(
          403,
          'OTHER_ADDRESS',
          'The invitation is for another e-mail address; use that one.',
        )
      }
      const id = await db.transaction().execute(async (trx) => {
        await useLink(trx, 'invitation', token)
        const user = { ...person, role: invitation.role! }
        const joined = await createUser(trx, user)
        await recordJoined(trx, 'account.register', joined, user)
        return joined
      })
      return enter(request, reply, id)
    },
  })

  app.route({
    method: 'POST',
    url: '/password-reset',
    config: { permission: 'public', audit: 'account.reset', rateLimit },
    schema: { operationId: 'resetPassword', body: PasswordReset, response: { 200: Nothing } },
    handler: async (request) => {
      const { token, password } = request.body
      const { user_id } = await openLink(db, 'reset', token)
      const password_hash = await hashPassword(password)
      const { email } = await db
        .selectFrom('users')
        .select('email')
        .where('id', '=', user_id!)
        .executeTakeFirstOrThrow()
      await db.transaction().execute(async (trx) => {
        await useLink(trx, 'reset', token)
        await setPassword(trx, { id: user_id!, email }, password_hash)
        await record(trx, { event: 'account.reset', userId: user_id, subjectId: user_id })
      })
      return null
    },
  })
}

/** The person who joins is the one who acts. */
const recordJoined = (trx: Kysely<Database>, event: string, id: string, { email, name, role }: NewUser) =>
  record(trx, { event, userId: id, subjectId: id, after: { email: email.trim().toLowerCase(), name, role } })
