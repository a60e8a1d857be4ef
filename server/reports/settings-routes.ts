import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { changed } from '../audit/changed.ts'
import { record } from '../audit/record.ts'
import { notFound } from '../errors.ts'
import { findLogo, keepLogo } from './logo.ts'
import { reportSettings, saveReportSettings } from './report-settings.ts'
import { Logo, LogoFile, ReportSettings, Sha256 } from './schemas.ts'

export const reportSettingsRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.ports

  app.route({
    method: 'GET',
    url: '/report-settings',
    // No word of any patient in it, and every page that counts asks for it.
    config: { permission: 'case.read', audit: false },
    schema: { operationId: 'getReportSettings', response: { 200: ReportSettings } },
    handler: () => reportSettings(db),
  })

  app.route({
    method: 'PUT',
    url: '/report-settings',
    config: { permission: 'settings.manage', audit: 'report_settings.edit' },
    schema: {
      operationId: 'saveReportSettings',
      body: ReportSettings,
      response: { 200: ReportSettings },
    },
    handler: (request) =>
      db.transaction().execute(async (trx) => {
        const before = await reportSettings(trx)
        const after = await saveReportSettings(trx, request.body)
        await record(trx, { event: 'report_settings.edit', ...changed({ ...before }, { ...after }) })
        return after
      }),
  })

  app.route({
    method: 'POST',
    url: '/report-settings/logos',
    config: { permission: 'settings.manage', audit: 'report_settings.logo' },
    schema: { operationId: 'addLogo', body: LogoFile, response: { 200: Logo } },
    handler: async (request) => ({ sha256: await keepLogo(db, Buffer.from(request.body.file, 'base64')) }),
  })

  app.route({
    method: 'GET',
    url: '/report-settings/logos/:sha256',
    config: { permission: 'case.read', audit: false },
    schema: {
      operationId: 'getLogo',
      params: Type.Object({ sha256: Sha256 }),
      response: { 200: { content: { 'image/png': { schema: Type.Any() } } } },
    },
    handler: async (request, reply) => {
      const png = await findLogo(db, request.params.sha256)
      if (!png) throw notFound('logo')
      // It is named after its content.
      return reply.header('cache-control', 'private, max-age=31536000, immutable').type('image/png').send(png)
    },
  })
}
