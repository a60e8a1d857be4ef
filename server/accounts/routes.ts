import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { doorRoutes } from './door-routes.ts'
import { meRoutes } from './me-routes.ts'
import { peopleRoutes } from './people-routes.ts'
import { readers } from './readers.ts'
import { Reader } from './schemas.ts'

const readersRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.route({
    method: 'GET',
    url: '/readers',
    config: { permission: 'case.read', audit: false },
    schema: { operationId: 'listReaders', response: { 200: Type.Array(Reader) } },
    handler: () => readers(app.ports.db),
  })
}

export const accountRoutes: FastifyPluginAsyncTypebox = async (app) => {
  await app.register(doorRoutes)
  await app.register(meRoutes)
  await app.register(peopleRoutes)
  await app.register(readersRoute)
}
