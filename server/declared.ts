import type { FastifyInstance } from 'fastify'
import type { Permission } from './permissions.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call it. */
    permission?: Permission
    /** The event that is written to the audit when it was called, `noun.verb`; false where nothing is to be told. */
    audit?: string | false
  }
}

/** A route under /api that does not say who may call it, what it takes and answers, and what is audited does not start. */
export function refuseUndeclaredRoutes(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (!route.url.startsWith('/api/') || route.url.startsWith('/api/docs') || route.method === 'HEAD') return
    const lacks = [
      ...(route.config?.permission === undefined ? ['a permission'] : []),
      ...(route.config?.audit === undefined ? ['an audit event'] : []),
      ...(route.schema?.response === undefined ? ['a schema of its answer'] : []),
    ]
    if (lacks.length > 0) throw new Error(`${route.method} ${route.url} lacks ${lacks.join(', ')}.`)
  })
}
