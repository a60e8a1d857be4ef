/** What an administrator does with everyone's accounts, and the site's settings. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Kysely, Selectable } from 'kysely'
import { Type } from 'typebox'
import { Nothing, WithId } from '../api/common.ts'
import { changed } from '../audit/changed.ts'
import { record } from '../audit/record.ts'
import type { Database, Users } from '../database/schema.ts'
import { conflict, notFound } from '../errors.ts'
import { may } from '../permissions.ts'
import { dropLinksMadeBy, dropResetLinks, newLink } from './one-time-links.ts'
import { openLinks, refuseIfInvited, withdrawLink } from './open-links.ts'
import { Invite, Link, OpenLink, SiteSettings, User, UserPatch } from './schemas.ts'
import { saveSiteSettings, siteSettings } from './site-settings.ts'
import { refuseIfLastAdministrator } from './users.ts'

const userAnswer = ({ id, email, name, role, disabled, version, created_at }: Selectable<Users>) => ({
  id,
  email,
  name,
  role,
  disabled: disabled === 1,
  version,
  createdAt: created_at,
})

export const peopleRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db, config } = app.ports

  const user = async (id: string, from: Kysely<Database> = db) => {
    const row = await from.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) throw notFound('user')
    return userAnswer(row)
  }

  app.route({
    method: 'GET',
    url: '/users',
    config: { permission: 'users.manage', audit: 'user.list' },
    schema: { operationId: 'listUsers', response: { 200: Type.Array(User) } },
    handler: async () => {
      const rows = await db.selectFrom('users').selectAll().orderBy('name').execute()
      return rows.map(userAnswer)
    },
  })

  app.route({
    method: 'PATCH',
    url: '/users/:id',
    config: { permission: 'users.manage', audit: 'user.edit' },
    schema: { operationId: 'editUser', params: WithId, body: UserPatch, response: { 200: User } },
    handler: async (request) => {
      const { id } = request.params
      const { version, role, disabled } = request.body
      const demoted = disabled === true || (role !== undefined && role !== 'administrator')
      const before = await user(id)
      return db.transaction().execute(async (trx) => {
        if (demoted && before.role === 'administrator') await refuseIfLastAdministrator(trx, id)
        const { numUpdatedRows } = await trx
          .updateTable('users')
          .set({
            version: version + 1,
            ...(role === undefined ? {} : { role }),
            ...(disabled === undefined ? {} : { disabled: disabled ? (1 as const) : (0 as const) }),
          })
          .where('id', '=', id)
          .where('version', '=', version)
          .executeTakeFirst()
        const now = await user(id, trx)
        if (Number(numUpdatedRows) === 0) throw conflict('user', now)
        if (disabled) await trx.deleteFrom('sessions').where('user_id', '=', id).execute()
        if (now.disabled || !may(now.role, 'users.manage')) await dropLinksMadeBy(trx, id)
        if (now.disabled) await dropResetLinks(trx, id)
        await record(trx, { event: 'user.edit', subjectId: id, ...changed(before, now) })
        return now
      })
    },
  })

  app.route({
    method: 'POST',
    url: '/users/:id/reset',
    config: { permission: 'users.manage', audit: 'user.reset' },
    schema: { operationId: 'makeResetLink', params: WithId, response: { 200: Link } },
    handler: async (request) => {
      const { id } = await user(request.params.id)
      return db.transaction().execute(async (trx) => {
        // The newest is the only one.
        await dropResetLinks(trx, id)
        const link = await newLink(trx, config.origin, 'reset', { user_id: id, created_by: request.user!.id })
        await record(trx, { event: 'user.reset', subjectId: id, after: { expiresAt: link.expiresAt } })
        return link
      })
    },
  })

  app.route({
    method: 'GET',
    url: '/links',
    config: { permission: 'users.manage', audit: false },
    schema: { operationId: 'listLinks', response: { 200: Type.Array(OpenLink) } },
    handler: () => openLinks(db),
  })

  app.route({
    method: 'DELETE',
    url: '/links/:id',
    config: { permission: 'users.manage', audit: 'link.withdraw' },
    schema: { operationId: 'withdrawLink', params: WithId, response: { 200: Nothing } },
    handler: async (request) => {
      await withdrawLink(db, request.params.id)
      return null
    },
  })

  app.route({
    method: 'POST',
    url: '/invitations',
    config: { permission: 'users.manage', audit: 'invitation.create' },
    schema: { operationId: 'invite', body: Invite, response: { 200: Link } },
    handler: ({ body, user }) =>
      db.transaction().execute(async (trx) => {
        const about = { email: body.email?.trim().toLowerCase() ?? null, role: body.role }
        if (about.email !== null) await refuseIfInvited(trx, about.email, body.again === true)
        const link = await newLink(trx, config.origin, 'invitation', { ...about, created_by: user!.id })
        await record(trx, { event: 'invitation.create', after: { ...about, expiresAt: link.expiresAt } })
        return link
      }),
  })

  app.route({
    method: 'GET',
    url: '/settings',
    config: { permission: 'self', audit: false },
    schema: { operationId: 'getSettings', response: { 200: SiteSettings } },
    handler: () => siteSettings(db),
  })

  app.route({
    method: 'PUT',
    url: '/settings',
    config: { permission: 'settings.manage', audit: 'settings.edit' },
    schema: { operationId: 'saveSettings', body: SiteSettings, response: { 200: SiteSettings } },
    handler: (request) =>
      db.transaction().execute(async (trx) => {
        const before = await siteSettings(trx)
        const after = await saveSiteSettings(trx, request.body)
        await record(trx, { event: 'settings.edit', ...changed({ ...before }, { ...after }) })
        return after
      }),
  })
}
