import type { FastifyInstance } from 'fastify'
import { v7 as uuid } from 'uuid'

/** Writes who called what, on which thing, from where and how it ended. Refused calls too; never what was sent. */
export function audit(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const event = request.routeOptions.config.audit
    if (!event) return
    const { id } = (request.params ?? {}) as { id?: unknown }
    try {
      await app.ports.db
        .insertInto('audit')
        .values({
          id: uuid(),
          at: Date.now(),
          user_id: request.user?.id ?? null,
          ip: request.ip.slice(0, 64),
          event,
          subject_id: typeof id === 'string' ? id.slice(0, 36) : null,
          status: reply.statusCode,
          detail: '{}',
        })
        .execute()
    } catch (error) {
      request.log.error(error, 'the audit could not be written')
    }
  })
}
