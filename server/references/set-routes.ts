import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Nothing, WithId } from '../api/common.ts'
import { addToSet, openSet, readSets, removeSet } from './reference-sets.ts'
import { NewReferenceSet, ReferenceSet, SetCell, Taken } from './schemas.ts'

/** Reference cells of public sets. */
export const referenceSetRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { config, db } = app.ports

  app.route({
    method: 'GET',
    url: '/reference-sets',
    config: { permission: 'case.read', audit: false },
    schema: { operationId: 'listReferenceSets', response: { 200: Type.Array(ReferenceSet) } },
    handler: () => readSets(db),
  })

  app.route({
    method: 'POST',
    url: '/reference-sets',
    config: { permission: 'settings.manage', audit: 'reference_set.create' },
    schema: {
      operationId: 'openReferenceSet',
      body: NewReferenceSet,
      response: { 200: ReferenceSet },
    },
    handler: async ({ user, body }) => {
      const id = await openSet(db, body, user!.id)
      return (await readSets(db)).find((set) => set.id === id)!
    },
  })

  app.route({
    method: 'POST',
    url: '/reference-sets/:id/cells',
    config: { permission: 'settings.manage', audit: 'reference_set.add' },
    schema: { operationId: 'addToReferenceSet', params: WithId, body: SetCell, response: { 200: Taken } },
    handler: async ({ user, params, body }) => {
      const folder = await mkdtemp(join(config.dataFolder, 'reference-'))
      try {
        const file = join(folder, 'picture')
        await writeFile(file, body.picture, 'base64')
        const { type, umPerPixel } = body
        return { isNew: await addToSet(app.ports, { setId: params.id, type, file, umPerPixel }, user!.id) }
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  })

  app.route({
    method: 'DELETE',
    url: '/reference-sets/:id',
    config: { permission: 'settings.manage', audit: 'reference_set.remove' },
    schema: { operationId: 'removeReferenceSet', params: WithId, response: { 200: Nothing } },
    handler: async ({ params }) => {
      await removeSet(app.ports, params.id)
      return null
    },
  })
}
