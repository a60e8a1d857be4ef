import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Nothing, WithId } from '../api/common.ts'
import { findCase } from '../case-lock/find-case.ts'
import { keepReference, removeReference } from './keep-reference.ts'
import { readKnownCells } from './known-to.ts'
import { nearReferences } from './near-references.ts'
import { findReference, readReferences, referenceAnswer } from './read-references.ts'
import { NearReferences, Reference, ReferenceQuery, UnlikeCells } from './schemas.ts'
import { UNLIKE_TYPE } from './unlike-type.ts'

export const referenceRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { config, db, reads, storage } = app.ports
  const knownTo = readKnownCells(config.modelsFolder, (error) =>
    app.log.error(error, 'no cell is compared with the labelled ones'),
  )

  app.route({
    method: 'GET',
    url: '/references',
    config: { permission: 'case.read', audit: 'reference.list' },
    schema: {
      operationId: 'listReferences',
      querystring: ReferenceQuery,
      response: { 200: Type.Array(Reference) },
    },
    handler: async ({ user, query }) =>
      (await readReferences(db, { userId: user!.id, ...query })).map(referenceAnswer),
  })

  app.route({
    method: 'GET',
    url: '/references/:id/picture',
    // A page shows many, and each shows what the list has told already.
    config: { permission: 'case.read', audit: false, unnamed: true },
    schema: {
      operationId: 'getReferencePicture',
      params: WithId,
      response: { 200: { content: { 'image/webp': { schema: Type.Any() } } } },
    },
    handler: async (request, reply) => {
      const { storage_key } = await findReference(db, request.user!.id, request.params.id)
      return reply
        .type('image/webp')
        .header('cache-control', 'private, max-age=31536000, immutable')
        .send(await storage.read(storage_key))
    },
  })

  app.route({
    method: 'GET',
    url: '/cells/:id/references',
    config: { permission: 'case.read', audit: 'cell.references', blind: true },
    schema: { operationId: 'listNearReferences', params: WithId, response: { 200: NearReferences } },
    handler: async ({ user, params }) => nearReferences(db, knownTo, user!.id, params.id),
  })

  app.route({
    method: 'GET',
    url: '/cases/:id/unlike-type',
    config: { permission: 'case.read', audit: 'cell.unlike', blind: true },
    schema: { operationId: 'listUnlikeCells', params: WithId, response: { 200: UnlikeCells } },
    handler: async ({ user, params, blindReading }) => {
      const { id: caseId } = await findCase(db, params.id)
      const { modelsFolder } = config
      return reads.ask(UNLIKE_TYPE, { caseId, userId: user!.id, readingId: blindReading, modelsFolder })
    },
  })

  app.route({
    method: 'POST',
    url: '/cells/:id/reference',
    config: { permission: 'case.review', audit: 'reference.keep' },
    schema: { operationId: 'keepReference', params: WithId, response: { 200: Reference } },
    handler: async (request) => {
      const userId = request.user!.id
      const id = await keepReference(app.ports, request.params.id, userId)
      return referenceAnswer((await readReferences(db, { userId })).find((row) => row.id === id)!)
    },
  })

  app.route({
    method: 'DELETE',
    url: '/references/:id',
    config: { permission: 'case.review', audit: 'reference.remove' },
    schema: { operationId: 'removeReference', params: WithId, response: { 200: Nothing } },
    handler: async (request) => {
      await removeReference(app.ports, request.user!.id, request.params.id)
      return null
    },
  })
}
