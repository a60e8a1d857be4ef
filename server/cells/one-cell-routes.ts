/** What one cell is asked for. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { WithId } from '../api/common.ts'
import { readCellDetail } from './cell-detail.ts'
import { CellDetail, SimilarCells } from './schemas.ts'
import { similarCells } from './similar-cells.ts'

export const oneCellRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.ports

  app.route({
    method: 'GET',
    url: '/cells/:id',
    config: { permission: 'case.read', audit: 'cell.read', blind: true },
    schema: { operationId: 'getCell', params: WithId, response: { 200: CellDetail } },
    handler: async (request) => readCellDetail(db, request.params.id, request.blindReading),
  })

  app.route({
    method: 'GET',
    url: '/cells/:id/similar',
    config: { permission: 'case.read', audit: 'cell.similar', blind: true },
    schema: { operationId: 'listSimilarCells', params: WithId, response: { 200: SimilarCells } },
    handler: async (request) => similarCells(db, request.params.id),
  })
}
