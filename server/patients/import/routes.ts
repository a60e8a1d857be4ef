import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { checkRows, importRows } from './import-rows.ts'
import { ImportAnswer, ImportRows } from './schemas.ts'

/**
 * Rows of a file come some hundred at a time, first all of them to be checked, then those that are right to be written:
 * so nothing of the file stays on the server, and a page that was closed in between begins again without harm.
 */
export const importRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.ports

  app.route({
    method: 'POST',
    url: '/import/check',
    config: { permission: 'case.write', audit: 'import.check' },
    schema: { operationId: 'checkRows', body: ImportRows, response: { 200: ImportAnswer } },
    handler: async (request) => checkRows(db, request.body.rows),
  })

  app.route({
    method: 'POST',
    url: '/import',
    config: { permission: 'case.write', audit: 'import.write' },
    schema: { operationId: 'importRows', body: ImportRows, response: { 200: ImportAnswer } },
    handler: async (request) => importRows(db, request.user!.id, request.body.rows),
  })
}
