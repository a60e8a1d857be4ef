import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsync } from 'fastify'

const NOT_BUILT = 'The web pages are not built yet. Run: npm run build:web'

/** Serves the built pages; every address that is neither a file nor the API's is a page of the application. */
export const webPages: FastifyPluginAsync = async (app) => {
  const root = app.ports.config.webFolder
  const built = existsSync(join(root, 'index.html'))
  if (built) {
    await app.register(fastifyStatic, {
      root,
      cacheControl: false,
      preCompressed: true,
      setHeaders: (reply, path) => {
        const lasting = path.includes('/assets/')
        reply.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0]!
    if (request.method !== 'GET' || /^\/api(\/|$)|\.\w+$/.test(path)) {
      return reply.status(404).send({ code: 'NOT_FOUND', message: 'There is nothing at this address.' })
    }
    if (!built) return reply.status(503).type('text/plain; charset=utf-8').send(NOT_BUILT)
    return reply.header('cache-control', 'no-cache').sendFile('index.html')
  })
}
