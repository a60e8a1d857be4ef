import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Id, WithId } from '../api/common.ts'
import { mergePatients, previewMerge } from './merge-patients.ts'
import { Merge, MergePreview, MergeRecord, PatientRecord } from './schemas.ts'
import { mergesOf, undoMerge } from './undo-merge.ts'

/** Duplicates: the patient in the address is the one that is kept. */
export const mergeRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.ports

  app.route({
    method: 'GET',
    url: '/patients/:id/merge',
    config: { permission: 'case.read', audit: 'patient.merge-preview' },
    schema: {
      operationId: 'previewMerge',
      params: WithId,
      querystring: Type.Object({ other: Id }),
      response: { 200: MergePreview },
    },
    handler: async (request) => previewMerge(db, request.params.id, request.query.other),
  })

  app.route({
    method: 'POST',
    url: '/patients/:id/merge',
    config: { permission: 'case.write', audit: 'patient.merge' },
    schema: { operationId: 'mergePatients', params: WithId, body: Merge, response: { 200: PatientRecord } },
    handler: async (request) => mergePatients(db, request.params.id, request.user!.id, request.body),
  })

  app.route({
    method: 'GET',
    url: '/patients/:id/merges',
    config: { permission: 'case.read', audit: 'patient.merges' },
    schema: { operationId: 'listMerges', params: WithId, response: { 200: Type.Array(MergeRecord) } },
    handler: async (request) => mergesOf(db, request.params.id),
  })

  app.route({
    method: 'POST',
    url: '/merges/:id/undo',
    config: { permission: 'case.write', audit: 'patient.merge-undo' },
    schema: { operationId: 'undoMerge', params: WithId, response: { 200: PatientRecord } },
    handler: async (request) => undoMerge(db, request.params.id, request.user!.id),
  })
}
