import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { caseOf } from '../cases/case-row.ts'
import { Case } from '../cases/schemas.ts'
import { demoCase } from './demo-case.ts'

export const demoRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.ports

  app.route({
    method: 'POST',
    url: '/cases/demo',
    config: { permission: 'case.write', audit: 'case.demo' },
    schema: { operationId: 'createDemoCase', response: { 200: Case } },
    handler: async (request) => caseOf(db, await demoCase(app.ports, request.user!.id)),
  })
}
