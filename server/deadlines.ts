/** No request is waited for without an end. */
import { Socket } from 'node:net'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** ms in which all of a request's body must have come; an upload must have brought UPLOADED bytes in each such time. */
const BODY = 30_000
/** A kilobyte a second; a sender whose line is slower goes on later where it was. */
const UPLOADED = BODY
/** ms between looks. */
const LOOK = 5_000

/** What Node and Fastify watch themselves, ms. */
export const TIMES = {
  /** A connection on which neither side has sent anything, whatever the server computes meanwhile. */
  connectionTimeout: 300_000,
  /** No limit for a request as a whole: an upload may take hours. */
  requestTimeout: 0,
  http: { headersTimeout: 20_000, connectionsCheckingInterval: LOOK },
}

/** ms that requests in work have to end when the server does. */
const ENDING = 3_000

interface Body {
  raw: FastifyRequest['raw']
  isUpload: boolean
  since: number
  bytes: number
}

/** Cuts off whoever begins a body and does not go on with it. */
export function endSlowBodies(app: FastifyInstance): void {
  const open = new Set<Body>()
  app.addHook('onRequest', (request, _reply, done) => {
    const { raw } = request
    if (raw.socket instanceof Socket) {
      const isUpload = request.headers['content-type'] === 'application/offset+octet-stream'
      open.add({ raw, isUpload, since: Date.now(), bytes: raw.socket.bytesRead })
    }
    done()
  })
  const looking = setInterval(() => {
    for (const body of open) {
      const { raw, isUpload, since, bytes } = body
      if (raw.complete || raw.destroyed) open.delete(body)
      else if (Date.now() - since < BODY) continue
      else if (isUpload && raw.socket.bytesRead - bytes >= UPLOADED) {
        body.since = Date.now()
        body.bytes = raw.socket.bytesRead
      } else {
        open.delete(body)
        raw.socket.destroy()
      }
    }
  }, LOOK).unref()
  app.addHook('onClose', async () => clearInterval(looking))
}

/** Ends the server's side of everything: requests in work have a moment, then their connections are cut. */
export async function endRequests(app: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), ENDING)
  await app.close()
  clearTimeout(cut)
}
