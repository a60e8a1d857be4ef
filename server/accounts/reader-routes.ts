import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Id } from '../api/common.ts'
import { ROLES } from './permissions.ts'
import { Role } from './schemas.ts'

/** Who may be given a case to read; names only, for everyone who sees cases. */
export const readerRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.ports
  const READ = ROLES.filter((role) => role !== 'researcher' && role !== 'read_only')

  app.route({
    method: 'GET',
    url: '/readers',
    config: { permission: 'case.read', audit: false },
    schema: {
      operationId: 'listReaders',
      response: { 200: Type.Array(Type.Object({ id: Id, name: Type.String(), role: Role })) },
    },
    handler: () =>
      db
        .selectFrom('users')
        .select(['id', 'name', 'role'])
        .where('disabled', '=', 0)
        .where('role', 'in', READ)
        .orderBy('name')
        .execute(),
  })
}
