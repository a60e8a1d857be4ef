import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { WithId } from '../api/common.ts'
import { patientAnswer, patientRow } from '../patients/patient-row.ts'
import { PatientRecord, SameNumber } from '../patients/schemas.ts'
import { sameNumber } from '../patients/with-number.ts'
import { CaseSummary } from './schemas.ts'
import { casesOfPatient } from './worklist.ts'

/** A patient with all cases. */
export const patientRoute: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.ports

  app.route({
    method: 'GET',
    url: '/patients/:id',
    config: { permission: 'case.read', audit: 'patient.read' },
    schema: {
      operationId: 'getPatient',
      params: WithId,
      response: {
        200: Type.Object({
          ...PatientRecord.properties,
          cases: Type.Array(CaseSummary),
          sameNumber: SameNumber,
        }),
      },
    },
    handler: async (request) => {
      const row = await patientRow(db, request.params.id)
      return {
        ...patientAnswer(row),
        cases: await casesOfPatient(db, row.id, request.user!.id),
        sameNumber: await sameNumber(db, row.id),
      }
    },
  })
}
