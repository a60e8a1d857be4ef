import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { doorRoutes } from './door-routes.ts'
import { meRoutes } from './me-routes.ts'
import { peopleRoutes } from './people-routes.ts'
import { readerRoutes } from './reader-routes.ts'

export const accountRoutes: FastifyPluginAsyncTypebox = async (app) => {
  await app.register(doorRoutes)
  await app.register(meRoutes)
  await app.register(peopleRoutes)
  await app.register(readerRoutes)
}
