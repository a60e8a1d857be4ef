import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { WithId } from '../api/common.ts'
import {
  chooseReferenceTable,
  confirmReferenceTable,
  listReferenceTables,
  saveReferenceTable,
} from './reference-tables.ts'
import { NewReferenceTable, ReferenceTable } from './schemas.ts'

export const referenceTableRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.ports

  app.route({
    method: 'GET',
    url: '/reference-tables',
    // No word of any patient in it, and every page that counts asks for it.
    config: { permission: 'case.read', audit: false },
    schema: { operationId: 'listReferenceTables', response: { 200: Type.Array(ReferenceTable) } },
    handler: () => listReferenceTables(db),
  })

  app.route({
    method: 'POST',
    url: '/reference-tables',
    config: { permission: 'settings.manage', audit: 'reference_table.save' },
    schema: {
      operationId: 'saveReferenceTable',
      body: NewReferenceTable,
      response: { 200: ReferenceTable },
    },
    handler: async (request) => {
      const id = await saveReferenceTable(db, request.user!.id, request.body)
      return (await listReferenceTables(db)).find((table) => table.id === id)!
    },
  })

  app.route({
    method: 'POST',
    url: '/reference-tables/:id/choose',
    config: { permission: 'settings.manage', audit: 'reference_table.choose' },
    schema: {
      operationId: 'chooseReferenceTable',
      params: WithId,
      response: { 200: Type.Array(ReferenceTable) },
    },
    handler: async (request) => {
      await chooseReferenceTable(db, request.params.id)
      return listReferenceTables(db)
    },
  })

  app.route({
    method: 'POST',
    url: '/reference-tables/:id/confirm',
    config: { permission: 'settings.manage', audit: 'reference_table.confirm' },
    schema: {
      operationId: 'confirmReferenceTable',
      params: WithId,
      response: { 200: Type.Array(ReferenceTable) },
    },
    handler: async (request) => {
      await confirmReferenceTable(db, request.user!.id, request.params.id)
      return listReferenceTables(db)
    },
  })
}
