import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { hourly } from './hourly.ts'
import { UnfinishedUpload } from './schemas.ts'
import { Uploads } from './uploads.ts'

export const uploadRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const uploads = new Uploads(app.ports, `${app.prefix}/uploads`)
  hourly(app, 'left uploads could not be finished', () => uploads.tidyUp())

  // The bytes are left in the request for the protocol to read.
  app.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null))

  app.route({
    method: 'GET',
    url: '/uploads',
    // HEAD is the protocol's.
    exposeHeadRoute: false,
    // One's own, of which the beginning is recorded.
    config: { permission: 'case.write', audit: false },
    schema: { operationId: 'listUnfinishedUploads', response: { 200: Type.Array(UnfinishedUpload) } },
    handler: async ({ user }) =>
      (await uploads.of(user!.id)).map(({ userId: _, isStored: __, ...about }) => about),
  })

  for (const url of ['/uploads', '/uploads/*']) {
    for (const method of ['POST', 'HEAD', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
      app.route({
        method,
        url,
        config: { permission: 'case.write', audit: method === 'POST' ? 'field.upload' : false },
        schema: { hide: true, response: { '2xx': Type.Any() } },
        handler: async (request, reply) => {
          reply.hijack()
          await uploads.handle(request.user!.id, request.raw, reply.raw)
        },
      })
    }
  }
}
