import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { WithId } from '../api/common.ts'
import { findCase } from '../case-lock/find-case.ts'
import { addCell } from './add-cell.ts'
import { cellsJson } from './cell-row.ts'
import { changeCellsBlind } from './change-blind.ts'
import { changeCells } from './change-cells.ts'
import { readLog } from './change-log.ts'
import { commentRoutes } from './comment-routes.ts'
import { countRoutes } from './count-routes.ts'
import { cropRoute } from './crop-route.ts'
import { DecodedFields } from './decoded-fields.ts'
import { measureRoute } from './measure-route.ts'
import { nameAgain } from './name-again.ts'
import { oneCellRoutes } from './one-cell-routes.ts'
import { CELLS_JSON } from './read-cells.ts'
import { Cell, CellChanges, CellQuery, Cells, ChangeLog, NewCell } from './schemas.ts'

export const cellRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db, reads, events } = app.ports
  const fields = new DecodedFields(app.ports.decoding)
  await app.register(cropRoute, { fields })
  await app.register(measureRoute, { fields })
  await app.register(countRoutes)
  await app.register(commentRoutes)
  await app.register(oneCellRoutes)

  /** What the networks say of the boxes that are set; without them the boxes are saved all the same. */
  const named = ({ log }: FastifyRequest, caseId: string, changes: Static<typeof CellChanges>['changes']) =>
    nameAgain(app.ports, caseId, changes, (error) =>
      log.warn(error, 'Adjusted boxes are saved without being named again.'),
    )

  app.route({
    method: 'GET',
    url: '/cases/:id/cells',
    config: { permission: 'case.read', audit: 'cell.list', blind: true },
    schema: { operationId: 'listCells', params: WithId, querystring: CellQuery, response: { 200: Cells } },
    handler: async (request, reply) => {
      const at = Date.now()
      const { id } = await findCase(db, request.params.id)
      const { since } = request.query
      const reading = request.blindReading
      const json = await reads.ask(CELLS_JSON, id, reading, since, at)
      return reply.type('application/json').send(Buffer.from(json.buffer) as never)
    },
  })

  app.route({
    method: 'POST',
    url: '/cases/:id/changes',
    config: { permission: 'case.review', audit: 'cell.change', blind: true },
    schema: { operationId: 'changeCells', params: WithId, body: CellChanges, response: { 200: Cells } },
    handler: async (request, reply) => {
      const at = Date.now()
      const { id } = request.params
      const userId = request.user!.id
      const { changes } = request.body
      const reading = request.blindReading
      const { rows, changed } = await (reading
        ? changeCellsBlind(db, id, reading, changes)
        : changeCells(db, id, userId, changes, await named(request, id, changes)))
      // Neither reader hears of the other before the end.
      if (changed.length > 0) events.emit(id, { kind: 'cells', cellIds: changed, userId }, reading ?? null)
      return reply.type('application/json').send(cellsJson(rows, at) as never)
    },
  })

  app.route({
    method: 'GET',
    url: '/cases/:id/changes',
    config: { permission: 'case.read', audit: 'cell.history' },
    schema: { operationId: 'listChanges', params: WithId, response: { 200: ChangeLog } },
    handler: async (request) => {
      await findCase(db, request.params.id)
      return readLog(db, request.params.id)
    },
  })

  app.route({
    method: 'POST',
    url: '/fields/:id/cells',
    config: { permission: 'case.review', audit: 'cell.add' },
    schema: { operationId: 'addCell', params: WithId, body: NewCell, response: { 200: Cell } },
    handler: async (request) => {
      const userId = request.user!.id
      const { caseId, cell } = await addCell(app.ports, request.params.id, userId, request.body)
      events.emit(caseId, { kind: 'cells', cellIds: [cell.id], userId }, null)
      return cell
    },
  })
}
