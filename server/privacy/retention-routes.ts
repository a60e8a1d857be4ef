import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { previewRetention, retentionRules, saveRules } from './retention-rules.ts'
import { nextRun } from './retention-worker.ts'
import { Retention, RetentionPreview, Rules, RulesQuery } from './schemas.ts'

/** How many runs the page shows. */
const SHOWN = 10

export const retentionRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.ports
  const permission = 'privacy.manage'

  app.route({
    method: 'GET',
    url: '/retention',
    config: { permission, audit: false },
    schema: { operationId: 'getRetention', response: { 200: Retention } },
    handler: async () => {
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
          startedAt: Number(row.started_at),
          finishedAt: row.finished_at === null ? null : Number(row.finished_at),
        })),
      }
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
