import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { CellNames, CellNamesVersion, SaveCellNames } from './schemas.ts'
import { listVersions, saveCellNames, siteCellNames } from './site-names.ts'

export const cellNameRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.ports

  app.route({
    method: 'GET',
    url: '/cell-names',
    // No word of any patient in it, and every page of a case asks for it.
    config: { permission: 'self', audit: false },
    schema: { operationId: 'listCellNames', response: { 200: CellNames } },
    handler: () => siteCellNames(db),
  })

  app.route({
    method: 'PUT',
    url: '/cell-names',
    config: { permission: 'settings.manage', audit: 'cell_names.save' },
    schema: { operationId: 'saveCellNames', body: SaveCellNames, response: { 200: CellNames } },
    handler: (request) => saveCellNames(db, request.user!.id, request.body),
  })

  app.route({
    method: 'GET',
    url: '/cell-names/versions',
    config: { permission: 'settings.manage', audit: 'cell_names.history' },
    schema: {
      operationId: 'listCellNameVersions',
      response: { 200: Type.Array(CellNamesVersion) },
    },
    handler: () => listVersions(db),
  })
}
