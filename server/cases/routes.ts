import type { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { WithId } from '../api/common.ts'
import { CaseEvent } from '../events.ts'
import { caseOfLabel } from '../identities/case-label.ts'
import { openReadingsOf } from '../readings/blind.ts'
import { byNumber } from './by-number.ts'
import { blindly, caseOf } from './case-row.ts'
import { changeCase } from './change-case.ts'
import { eventStream } from './event-stream.ts'
import { newCase } from './new-case.ts'
import { patientRoute } from './patient-route.ts'
import { presenceRoutes } from './presence-routes.ts'
import { Case, CaseList, CasePatch, CaseQuery, NewCase, NumberAnswer, NumberQuery } from './schemas.ts'
import { WORKLIST } from './worklist.ts'

export const caseRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db, reads, events } = app.ports
  await app.register(patientRoute)

  app.route({
    method: 'GET',
    url: '/cases',
    config: { permission: 'case.read', audit: 'case.list' },
    schema: { operationId: 'listCases', querystring: CaseQuery, response: { 200: CaseList } },
    handler: async ({ query, user, identities }) =>
      // A page as it stands takes a millisecond, less than a thread would cost; a search may take a hundred.
      query.search
        ? reads.ask(WORKLIST, query, user!.id, identities)
        : WORKLIST.read(db, query, user!.id, identities),
  })

  app.route({
    method: 'POST',
    url: '/cases',
    config: { permission: 'case.write', audit: 'case.create' },
    schema: { operationId: 'createCase', body: NewCase, response: { 200: Case } },
    handler: async (request) => caseOf(db, await newCase(db, request.user!.id, request.body)),
  })

  app.route({
    method: 'GET',
    url: '/by-number',
    config: { permission: 'case.read', audit: 'case.by-number' },
    schema: { operationId: 'findByNumber', querystring: NumberQuery, response: { 200: NumberAnswer } },
    handler: async ({ query, identities }) =>
      identities
        ? byNumber(db, query.number)
        : { caseId: (await caseOfLabel(db, query.number)) ?? null, patientId: null },
  })

  app.route({
    method: 'GET',
    url: '/cases/:id',
    config: { permission: 'case.read', audit: 'case.read', blind: true },
    schema: { operationId: 'getCase', params: WithId, response: { 200: Case } },
    handler: async (request) => {
      const found = await caseOf(db, request.params.id)
      return request.blindReading ? blindly(found) : found
    },
  })

  app.route({
    method: 'PATCH',
    url: '/cases/:id',
    config: { permission: 'case.write', audit: 'case.change' },
    schema: { operationId: 'changeCase', params: WithId, body: CasePatch, response: { 200: Case } },
    handler: async (request) => {
      const { id } = request.params
      const changed = await changeCase(db, id, request.user!.id, request.body)
      events.emit(id, { kind: 'case' })
      return changed
    },
  })

  const presence = presenceRoutes(app)
  const streams = new Set<Readable>()
  app.addHook('preClose', async () => {
    for (const stream of streams) stream.destroy()
  })
  app.route({
    method: 'GET',
    url: '/cases/:id/events',
    exposeHeadRoute: false,
    // It tells which cells changed, not what they are, and a blind reader not even that; reading them is audited where they are read.
    config: { permission: 'case.read', audit: false, blind: true, unnamed: true },
    schema: {
      operationId: 'watchCase',
      params: WithId,
      response: { 200: { content: { 'text/event-stream': { schema: CaseEvent } } } },
    },
    handler: async (request, reply) => {
      const { id } = await caseOf(db, request.params.id)
      const reading = request.blindReading
      const { id: userId, name } = request.user!
      const stream = eventStream(events, id, reading, (tell) =>
        presence.join(id, { userId, name, blind: reading !== undefined, tell }, Date.now()),
      )
      // It may have begun or ended before the stream could hear of it.
      const now = await openReadingsOf(db, request.user!.id)
      if (now.get(id) !== reading) stream.push(null)
      streams.add(stream)
      stream.once('close', () => streams.delete(stream))
      return (
        reply
          .type('text/event-stream')
          .header('cache-control', 'no-store')
          .header('x-accel-buffering', 'no')
          // Declared is one event; what is sent is a stream of them.
          .send(stream as never)
      )
    },
  })
}
