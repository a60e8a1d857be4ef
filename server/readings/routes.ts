import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Nothing, WithId } from '../api/common.ts'
import { findCase } from '../case-lock/find-case.ts'
import { HttpError } from '../errors.ts'
import { inboxRoutes } from './inbox-routes.ts'
import { readingAnswers } from './reading-answers.ts'
import { assignReading, findReading, finishReading, withdrawReading } from './readings.ts'
import { NewReading, Reading, ReadingCells } from './schemas.ts'

export const readingRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db, events } = app.ports
  await app.register(inboxRoutes)
  const changed = (caseId: string) => events.readersChanged(caseId)

  app.route({
    method: 'GET',
    url: '/cases/:id/second-readings',
    config: { permission: 'case.read', audit: 'reading.list', blind: true },
    schema: { operationId: 'listReadings', params: WithId, response: { 200: Type.Array(Reading) } },
    handler: async (request) => {
      const { id } = await findCase(db, request.params.id)
      const all = await readingAnswers(db, id)
      // How an earlier reader agreed with the first tells of the first.
      return request.blindReading ? all.filter((one) => one.id === request.blindReading) : all
    },
  })

  app.route({
    method: 'POST',
    url: '/cases/:id/second-readings',
    config: { permission: 'case.write', audit: 'reading.assign' },
    schema: {
      operationId: 'assignReading',
      params: WithId,
      body: NewReading,
      response: { 200: Type.Array(Reading) },
    },
    handler: async ({ params, body, user }) => {
      await assignReading(db, params.id, body.readerId, user!.id)
      changed(params.id)
      return readingAnswers(db, params.id)
    },
  })

  app.route({
    method: 'DELETE',
    url: '/second-readings/:id',
    config: { permission: 'case.write', audit: 'reading.withdraw' },
    schema: { operationId: 'withdrawReading', params: WithId, response: { 200: Nothing } },
    handler: async (request) => {
      changed(await withdrawReading(db, request.params.id))
      return null
    },
  })

  app.route({
    method: 'POST',
    url: '/second-readings/:id/finish',
    config: { permission: 'case.review', audit: 'reading.finish', blind: true },
    schema: { operationId: 'finishReading', params: WithId, response: { 200: Type.Array(Reading) } },
    handler: async ({ params, user }) => {
      const caseId = await finishReading(db, params.id, user!.id)
      changed(caseId)
      return readingAnswers(db, caseId)
    },
  })

  app.route({
    method: 'GET',
    url: '/second-readings/:id/cells',
    config: { permission: 'case.read', audit: 'reading.read' },
    schema: { operationId: 'listReadingCells', params: WithId, response: { 200: ReadingCells } },
    handler: async (request) => {
      const { id, status } = await findReading(db, request.params.id)
      // The first reader must not see it before its time either.
      if (status !== 'finished') {
        throw new HttpError(409, 'READING_OPEN', 'The second reading is shown when it is finished.')
      }
      return db
        .selectFrom('second_reading_cells')
        .innerJoin('cells', 'cells.id', 'cell_id')
        .select(['cell_id as id', 'second_reading_cells.type'])
        .where('reading_id', '=', id)
        .where('second_reading_cells.reviewed', '=', 1)
        .where('deleted', '=', 0)
        .execute()
    },
  })
}
