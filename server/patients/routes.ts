import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { WithId } from '../api/common.ts'
import { archivePatient, changePatient } from './change-patient.ts'
import { createPatient } from './create-patient.ts'
import { followUp } from './follow-up.ts'
import { FollowUp } from './follow-up-schema.ts'
import { importRoutes } from './import/routes.ts'
import { PATIENTS } from './list-patients.ts'
import { mergeRoutes } from './merge-routes.ts'
import { readHistory } from './read-history.ts'
import {
  Patient,
  PatientHistory,
  PatientList,
  PatientPatch,
  PatientQuery,
  PatientRecord,
  WithVersion,
} from './schemas.ts'

export const patientRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db, reads } = app.ports

  app.route({
    method: 'GET',
    url: '/patients',
    config: { permission: 'case.read', audit: 'patient.list' },
    schema: { operationId: 'listPatients', querystring: PatientQuery, response: { 200: PatientList } },
    handler: async (request) => reads.ask(PATIENTS, request.query, request.identities),
  })

  app.route({
    method: 'POST',
    url: '/patients',
    config: { permission: 'case.write', audit: 'patient.create' },
    schema: { operationId: 'createPatient', body: Patient, response: { 200: PatientRecord } },
    handler: async (request) => createPatient(db, request.body),
  })

  app.route({
    method: 'PATCH',
    url: '/patients/:id',
    config: { permission: 'case.write', audit: 'patient.change' },
    schema: {
      operationId: 'changePatient',
      params: WithId,
      body: PatientPatch,
      response: { 200: PatientRecord },
    },
    handler: async (request) => changePatient(db, request.params.id, request.user!.id, request.body),
  })

  for (const archived of [true, false]) {
    const verb = archived ? 'archive' : 'unarchive'
    app.route({
      method: 'POST',
      url: `/patients/:id/${verb}`,
      config: { permission: 'case.write', audit: `patient.${verb}` },
      schema: {
        operationId: `${verb}Patient`,
        params: WithId,
        body: WithVersion,
        response: { 200: PatientRecord },
      },
      handler: async (request) =>
        archivePatient(db, request.params.id, request.user!.id, request.body.version, archived),
    })
  }

  app.route({
    method: 'GET',
    url: '/patients/:id/history',
    config: { permission: 'case.read', audit: 'patient.history' },
    schema: { operationId: 'getPatientHistory', params: WithId, response: { 200: PatientHistory } },
    handler: async (request) => readHistory(db, request.params.id),
  })

  app.route({
    method: 'GET',
    url: '/patients/:id/follow-up',
    config: { permission: 'case.read', audit: 'patient.follow-up' },
    schema: { operationId: 'getFollowUp', params: WithId, response: { 200: FollowUp } },
    handler: async (request) => followUp(db, request.params.id, request.user!.id),
  })

  await app.register(mergeRoutes)
  await app.register(importRoutes, { prefix: '/patients' })
}
