/** Every call of a route that has an audit event leaves a row: who, what, when, from where, how it ended. */
import { Readable } from 'node:stream'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { v7 as uuid } from 'uuid'
import type { HttpError } from '../errors.ts'
import type { Pending } from './concerned.ts'
import { Journal } from './journal.ts'
import { addressOf, requestInWork, subjectOf } from './record.ts'

declare module 'fastify' {
  interface FastifyInstance {
    journal: Journal
  }
  interface FastifyRequest {
    /** Events that transactions of this request have recorded. */
    recorded: Set<string> | null
    /** Its row is in the audit. */
    audited: boolean
    /** What its row names, where neither the address nor who is signed in tells it. */
    concerns: { subjectId: string | null; query: object } | null
  }
}

/** Rows are written before the answer leaves: what cannot be recorded is not shown. There is no way to switch it off. */
export function audit(app: FastifyInstance): void {
  const journal = new Journal(app.ports.db, (error) => app.log.error(error, 'the audit cannot be written'))
  app.decorate('journal', journal)
  app.decorateRequest('recorded', null)
  app.decorateRequest('audited', false)
  app.decorateRequest('concerns', null)
  app.addHook('onClose', () => journal.close())

  // The last hook before the route itself: the reading of the body would lose sight of the request.
  app.addHook('preHandler', (request, _reply, done) => {
    request.recorded = new Set()
    const { audit: event, permission } = request.routeOptions.config
    if (event === false && permission?.startsWith('case.') && journal.failing) {
      return done(journal.refusal() as Error & FastifyError)
    }
    requestInWork.run(request, done)
  })

  app.addHook('onSend', async (request, reply, payload) => {
    if (!lacksRow(request, reply.statusCode)) return payload
    try {
      await journal.write(pending(request, reply.statusCode))
      request.audited = true
      return payload
    } catch (error) {
      // A refusal shows nothing; it may go out, and is tried once more afterwards.
      return reply.statusCode >= 400 ? payload : refuse(reply, payload, error as HttpError)
    }
  })

  app.addHook('onResponse', async (request, reply) => {
    if (request.recorded?.size) journal.poke()
    // Left are answers that the upload protocol wrote itself.
    if (lacksRow(request, reply.statusCode))
      await journal.write(pending(request, reply.statusCode)).catch(() => {})
  })
}

function lacksRow(request: FastifyRequest, status: number): boolean {
  const { audit: event } = request.routeOptions.config
  if (!event || request.audited) return false
  return status >= 400 || !request.recorded?.has(event)
}

function pending(request: FastifyRequest, status: number): Pending {
  const { config, url = '' } = request.routeOptions
  const reading = request.method === 'GET' && Object.keys(request.query as object).length > 0
  const query = request.concerns?.query ?? (reading ? request.query : undefined)
  return {
    entry: {
      id: uuid(),
      at: Date.now(),
      user_id: request.user?.id ?? null,
      ip: addressOf(request),
      event: config.audit as string,
      subject_id: request.concerns?.subjectId ?? subjectOf(request),
      case_id: null,
      patient_id: null,
      status,
      detail: JSON.stringify({ query }),
    },
    noun: nounOf(url),
  }
}

/** The first word of an address under /api that goes on with an id. */
export const nounOf = (url: string): string | undefined => /^\/api\/([^/]+)\/:id(\/|$)/.exec(url)?.[1]

function refuse(reply: FastifyReply, payload: unknown, { status, code, message }: HttpError): string {
  if (payload instanceof Readable) payload.destroy()
  for (const name of ['content-length', 'etag', 'set-cookie', 'cache-control']) reply.removeHeader(name)
  reply.code(status).type('application/json; charset=utf-8')
  return JSON.stringify({ code, message })
}
