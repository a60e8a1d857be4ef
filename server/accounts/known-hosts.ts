/** Which names this server answers to: a page of another site that has its own name point here must get nothing. */
import { isIP } from 'node:net'
import { hostname } from 'node:os'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import { HttpError } from '../errors.ts'

/** Errors, of each request: HOST_NOT_KNOWN. */
export function refuseUnknownHosts(app: FastifyInstance, config: Pick<Config, 'origin' | 'hosts'>): void {
  const own = new Set([new URL(config.origin).hostname, 'localhost', hostname(), ...config.hosts])
  const names = new Set([...own].map((name) => name.toLowerCase()))
  app.addHook('onRequest', async (request) => {
    const name = nameOf(request.headers.host)
    // Nobody can make an address of numbers point elsewhere.
    if (name !== undefined && (isIP(name) > 0 || names.has(name))) return
    throw new HttpError(
      421,
      'HOST_NOT_KNOWN',
      'This server is not known by the name in the address. Whoever runs it sets MARROWSCOPE_ORIGIN to the address that people use, or adds the name to MARROWSCOPE_HOSTS.',
    )
  })
}

/** Without its port, in small letters; undefined where it is none. */
function nameOf(host: string | undefined): string | undefined {
  const [, six, name] = /^(?:\[([0-9a-f:.]+)\]|([^:@/\s]+))(?::\d+)?$/i.exec(host ?? '') ?? []
  return (six ?? name)?.toLowerCase().replace(/\.$/, '')
}
