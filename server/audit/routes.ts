import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { auditCsv } from './csv.ts'
import { eventsThere, readAudit } from './read-audit.ts'
import { AuditChoices, AuditFilters, AuditPage, AuditQuery, ChainState } from './schemas.ts'
import { Verification } from './verification.ts'

export const auditRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db, config } = app.ports
  const verification = new Verification(db, config)
  app.addHook('onClose', () => verification.close())

  app.route({
    method: 'GET',
    url: '/audit',
    config: { permission: 'audit.read', audit: 'audit.read' },
    schema: { operationId: 'readAudit', querystring: AuditQuery, response: { 200: AuditPage } },
    handler: async (request) => {
      const { before, limit = 100, ...filters } = request.query
      await app.journal.settle()
      const found = await readAudit(db, request.user!.id, filters, before, limit + 1)
      const items = found.slice(0, limit)
      return { items, next: found.length > limit ? items.at(-1)!.number : null }
    },
  })

  app.route({
    method: 'GET',
    url: '/audit/export',
    config: { permission: 'audit.read', audit: 'audit.export' },
    schema: {
      operationId: 'exportAudit',
      querystring: AuditFilters,
      response: { 200: { content: { 'text/csv': { schema: Type.Any() } } } },
    },
    handler: async (request, reply) => {
      await app.journal.settle()
      const { rows } = await verification.state()
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="audit.csv"')
        .header('cache-control', 'no-store')
        .send(auditCsv(db, request.user!.id, request.query, rows))
    },
  })

  app.route({
    method: 'GET',
    url: '/audit/choices',
    config: { permission: 'audit.read', audit: false },
    schema: { operationId: 'getAuditChoices', response: { 200: AuditChoices } },
    handler: async () => ({
      events: await eventsThere(db),
      users: await db.selectFrom('users').select(['id', 'name']).orderBy('name').execute(),
    }),
  })

  app.route({
    method: 'GET',
    url: '/audit/chain',
    config: { permission: 'audit.read', audit: false },
    schema: { operationId: 'getAuditChain', response: { 200: ChainState } },
    handler: () => verification.state(),
  })

  app.route({
    method: 'POST',
    url: '/audit/chain/verification',
    config: { permission: 'audit.read', audit: 'audit.verify' },
    schema: { operationId: 'verifyAudit', response: { 200: ChainState } },
    handler: (request) => {
      verification.start(request.user!.id)
      return verification.state()
    },
  })
}
