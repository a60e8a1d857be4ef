/** What is entered into the report of a case, and what the site's reports are made with. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { WithId } from '../api/common.ts'
import { findCase } from '../case-lock/find-case.ts'
import { readDraft, writeDraft } from './draft.ts'
import { phraseRoutes } from './phrase-routes.ts'
import { seedReferenceTables } from './reference-tables.ts'
import { VersionedDraft } from './schemas.ts'
import { reportSettingsRoutes } from './settings-routes.ts'
import { referenceTableRoutes } from './table-routes.ts'

export const reportRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.ports
  await seedReferenceTables(db)
  await app.register(referenceTableRoutes)
  await app.register(phraseRoutes)
  await app.register(reportSettingsRoutes)

  app.route({
    method: 'GET',
    url: '/cases/:id/report-draft',
    config: { permission: 'case.read', audit: 'report_draft.read' },
    schema: { operationId: 'getReportDraft', params: WithId, response: { 200: VersionedDraft } },
    handler: async (request) => {
      await findCase(db, request.params.id)
      const { draft, version } = await readDraft(db, request.params.id)
      return { draft, version }
    },
  })

  app.route({
    method: 'PUT',
    url: '/cases/:id/report-draft',
    config: { permission: 'case.review', audit: 'report_draft.write' },
    schema: {
      operationId: 'putReportDraft',
      params: WithId,
      body: VersionedDraft,
      response: { 200: VersionedDraft },
    },
    handler: async (request) => writeDraft(db, request.params.id, request.user!.id, request.body),
  })
}
