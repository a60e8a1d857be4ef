import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { checkOwnPassword } from '../accounts/own-password.ts'
import { confirmDue } from './confirm-retention.ts'
import { readDue } from './retention-asks.ts'
import { previewRetention, retentionRules, saveRules } from './retention-rules.ts'
import { nextRun } from './retention-worker.ts'
import { ConfirmRetention, Retention, RetentionDue, RetentionPreview, Rules, RulesQuery } from './schemas.ts'

/** How many runs the page shows. */
const SHOWN = 10

export const retentionRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.ports
  const permission = 'privacy.manage'

  const state = async () => {
    const runs = await db
      .selectFrom('retention_runs')
      .selectAll()
      .orderBy('started_at', 'desc')
      .limit(SHOWN)
      .execute()
    return {
      rules: await retentionRules(db),
      nextAt: await nextRun(db),
      runs: runs.map((row) => ({
        status: row.status,
        imagesYears: row.images_years,
        patientsYears: row.patients_years,
        cases: row.cases,
        patients: row.patients,
        error: row.error,
        due: row.due_cases === null ? null : { cases: row.due_cases, patients: row.due_patients ?? 0 },
        startedAt: Number(row.started_at),
        finishedAt: row.finished_at === null ? null : Number(row.finished_at),
      })),
    }
  }

  app.route({
    method: 'GET',
    url: '/retention',
    config: { permission, audit: false },
    schema: { operationId: 'getRetention', response: { 200: Retention } },
    handler: state,
  })

  app.route({
    method: 'GET',
    url: '/retention/due',
    config: { permission, audit: 'retention.due' },
    schema: { operationId: 'getRetentionDue', response: { 200: RetentionDue } },
    handler: () => readDue(db),
  })

  app.route({
    method: 'POST',
    url: '/retention/confirmation',
    // A limit, because a password can be tried here as well.
    config: { permission, audit: 'retention.confirm', rateLimit: { max: 20, timeWindow: '1 minute' } },
    schema: { operationId: 'confirmRetention', body: ConfirmRetention, response: { 200: Retention } },
    handler: async (request) => {
      const { password, ...seen } = request.body
      await checkOwnPassword(db, request.user!.id, password)
      await confirmDue(app.ports, seen)
      return state()
    },
  })

  app.route({
    method: 'GET',
    url: '/retention/preview',
    config: { permission, audit: 'retention.preview' },
    schema: { operationId: 'previewRetention', querystring: RulesQuery, response: { 200: RetentionPreview } },
    handler: ({ query: { imagesYears = null, patientsYears = null } }) =>
      previewRetention(db, { imagesYears, patientsYears }),
  })

  app.route({
    method: 'PUT',
    url: '/retention',
    config: { permission, audit: 'retention.edit' },
    schema: { operationId: 'saveRetention', body: Rules, response: { 200: Rules } },
    handler: ({ body }) => saveRules(db, body),
  })
}
