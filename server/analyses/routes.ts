import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { WithId } from '../api/common.ts'
import { findCase } from '../case-lock/find-case.ts'
import { HttpError } from '../errors.ts'
import { analysisAnswer, findAnalysis } from './analysis-row.ts'
import { queueAnalysis } from './queue-analysis.ts'
import { Analysis, NewAnalysis } from './schemas.ts'
import { finish } from './worker.ts'

export const analysisRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db, queue } = app.ports

  app.route({
    method: 'POST',
    url: '/cases/:id/analyses',
    config: { permission: 'case.write', audit: 'analysis.start' },
    schema: { operationId: 'startAnalysis', params: WithId, body: NewAnalysis, response: { 200: Analysis } },
    handler: async ({ params, body, user }) =>
      analysisAnswer(await queueAnalysis(app.ports, params.id, user!.id, body.fieldIds)),
  })

  app.route({
    method: 'GET',
    url: '/cases/:id/analyses',
    config: { permission: 'case.read', audit: false, blind: true },
    schema: { operationId: 'listAnalyses', params: WithId, response: { 200: Type.Array(Analysis) } },
    handler: async ({ params }) => {
      await findCase(db, params.id)
      const rows = await db
        .selectFrom('analyses')
        .selectAll()
        .where('case_id', '=', params.id)
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .execute()
      return rows.map(analysisAnswer)
    },
  })

  app.route({
    method: 'POST',
    url: '/analyses/:id/cancel',
    config: { permission: 'case.write', audit: 'analysis.cancel' },
    schema: { operationId: 'cancelAnalysis', params: WithId, response: { 200: Analysis } },
    handler: async ({ params }) => {
      const { id, case_id } = await findAnalysis(db, params.id)
      await finish(app.ports, id, case_id, 'cancelled', null, 'analysis.cancel')
      const jobs = await db
        .selectFrom('jobs')
        .select(['id', 'payload'])
        .where('kind', '=', 'analysis')
        .where('status', 'in', ['waiting', 'running'])
        .execute()
      for (const job of jobs) if (JSON.parse(job.payload).analysisId === id) await queue.cancel(job.id)
      return analysisAnswer(await findAnalysis(db, id))
    },
  })

  app.route({
    method: 'POST',
    url: '/analyses/:id/retry',
    config: { permission: 'case.write', audit: 'analysis.retry' },
    schema: { operationId: 'retryAnalysis', params: WithId, response: { 200: Analysis } },
    handler: async ({ params, user }) => {
      const { status, case_id } = await findAnalysis(db, params.id)
      if (status === 'queued' || status === 'running') {
        throw new HttpError(409, 'ANALYSIS_RUNNING', 'This analysis is still under way; cancel it first.')
      }
      return analysisAnswer(await queueAnalysis(app.ports, case_id, user!.id, undefined, 'analysis.retry'))
    },
  })
}
