import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Nothing, WithId } from '../api/common.ts'
import { HttpError } from '../errors.ts'
import { beginExport, endExport, exportAnswer, findExport, refuseIfReadBlind } from './exports.ts'
import { NewExport, ResearchExport } from './schemas.ts'

export const researchRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db, storage } = app.ports
  const permission = 'research.export'

  app.route({
    method: 'POST',
    url: '/research-exports',
    config: { permission, audit: 'research.begin' },
    schema: { operationId: 'beginResearchExport', body: NewExport, response: { 200: ResearchExport } },
    handler: async ({ user, body }) =>
      exportAnswer(await beginExport(app.ports, user!, body.filter, body.images)),
  })

  app.route({
    method: 'GET',
    url: '/research-exports',
    config: { permission, audit: false },
    schema: { operationId: 'listResearchExports', response: { 200: Type.Array(ResearchExport) } },
    handler: async ({ user }) => {
      const rows = await db
        .selectFrom('research_exports')
        .selectAll()
        .where('created_by', '=', user!.id)
        .where('status', '!=', 'cancelled')
        .orderBy('id', 'desc')
        .limit(50)
        .execute()
      return rows.map(exportAnswer)
    },
  })

  app.route({
    method: 'GET',
    url: '/research-exports/:id',
    config: { permission, audit: false },
    schema: { operationId: 'getResearchExport', params: WithId, response: { 200: ResearchExport } },
    handler: async ({ user, params }) => exportAnswer(await findExport(db, params.id, user!)),
  })

  app.route({
    method: 'GET',
    url: '/research-exports/:id/archive',
    config: { permission, audit: 'research.download', unnamed: true },
    schema: {
      operationId: 'downloadResearchExport',
      params: WithId,
      response: { 200: { content: { 'application/gzip': { schema: Type.Any() } } } },
    },
    handler: async ({ user, params }, reply) => {
      const found = await findExport(db, params.id, user!)
      const { status, storage_key, bytes } = found
      await refuseIfReadBlind(db, found, user!.id)
      if (status !== 'done') {
        throw new HttpError(409, 'EXPORT_NOT_DONE', 'This export is not finished. Wait, or begin another.')
      }
      return reply
        .type('application/gzip')
        .header('content-disposition', 'attachment; filename="marrowscope-research.tar.gz"')
        .header('content-length', Number(bytes))
        .header('cache-control', 'no-store')
        .send(await storage.read(storage_key))
    },
  })

  app.route({
    method: 'DELETE',
    url: '/research-exports/:id',
    config: { permission, audit: 'research.end' },
    schema: { operationId: 'endResearchExport', params: WithId, response: { 200: Nothing } },
    handler: async ({ user, params }) => {
      await endExport(app.ports, params.id, user!)
      return null
    },
  })
}
