import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { readers } from './readers.ts'
import { Reader } from './schemas.ts'

export const readersRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.route({
    method: 'GET',
    url: '/readers',
    config: { permission: 'case.read', audit: false },
    schema: { operationId: 'listReaders', response: { 200: Type.Array(Reader) } },
    handler: () => readers(app.ports.db),
  })
}
