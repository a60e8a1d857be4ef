import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { WithId } from '../api/common.ts'
import { findCase } from '../case-lock/find-case.ts'
import { ruleOf } from '../counting-rules/rule-of-case.ts'
import { answerDifferential } from './counts.ts'
import { readManualCount, writeManualCount } from './manual-count.ts'
import { COUNTS } from './read-blind.ts'
import { DifferentialAnswer, DifferentialQuery, ManualCount } from './schemas.ts'

export const countRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db, reads, events } = app.ports

  app.route({
    method: 'GET',
    url: '/cases/:id/differential',
    config: { permission: 'case.read', audit: 'differential.read', blind: true },
    schema: {
      operationId: 'getDifferential',
      params: WithId,
      querystring: DifferentialQuery,
      response: { 200: DifferentialAnswer },
    },
    handler: async (request) => {
      const { id } = request.params
      const rule = await ruleOf(db, await findCase(db, id))
      const { basis = 'all' } = request.query
      const reading = request.blindReading
      return answerDifferential(await reads.ask(COUNTS, id, reading, basis), rule)
    },
  })

  app.route({
    method: 'GET',
    url: '/cases/:id/manual-count',
    config: { permission: 'case.read', audit: 'manual_count.read' },
    schema: { operationId: 'getManualCount', params: WithId, response: { 200: ManualCount } },
    handler: async (request) => {
      await findCase(db, request.params.id)
      return readManualCount(db, request.params.id)
    },
  })

  app.route({
    method: 'PUT',
    url: '/cases/:id/manual-count',
    config: { permission: 'case.review', audit: 'manual_count.write' },
    schema: {
      operationId: 'putManualCount',
      params: WithId,
      body: ManualCount,
      response: { 200: ManualCount },
    },
    handler: async (request) => {
      const { id } = request.params
      const count = await writeManualCount(db, id, request.user!.id, request.body)
      events.emit(id, { kind: 'case' }, null)
      return count
    },
  })
}
