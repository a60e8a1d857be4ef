import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Uploads } from './uploads.ts'

export const uploadRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const uploads = new Uploads(app.ports, `${app.prefix}/uploads`)
  let tidying: Promise<void> = Promise.resolve()
  // Not waited for at the start: a large file takes a while to look through.
  app.addHook('onReady', async () => {
    tidying = uploads.tidyUp().catch((error) => app.log.error(error, 'left uploads could not be finished'))
  })
  app.addHook('onClose', () => tidying)

  // The bytes are left in the request for the protocol to read.
  app.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null))

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
