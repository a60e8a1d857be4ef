import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { may, ROLES } from './permissions.ts'
import { Reader } from './schemas.ts'

/** Who can be asked to read a case. */
export const readersRoute: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.ports

  app.route({
    method: 'GET',
    url: '/readers',
    config: { permission: 'case.read', audit: false },
    schema: { operationId: 'listReaders', response: { 200: Type.Array(Reader) } },
    handler: () =>
      db
        .selectFrom('users')
        .select(['id', 'name', 'role'])
        .where('disabled', '=', 0)
        .where(
          'role',
          'in',
          ROLES.filter((role) => may(role, 'case.review')),
        )
        .orderBy('name')
        .execute(),
  })
}
