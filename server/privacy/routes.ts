import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { checkOwnPassword } from '../accounts/own-password.ts'
import { WithId } from '../api/common.ts'
import { HttpError } from '../errors.ts'
import { patientRow } from '../patients/patient-row.ts'
import { erasePatient } from './erase-patient.ts'
import { exportRoute } from './export-route.ts'
import { casesOfPatients, countData, withDuplicates } from './patients-data.ts'
import { refuseIfBlind } from './refuse-if-blind.ts'
import { retentionRoutes } from './retention-routes.ts'
import { Erase, Erased, ErasurePreview } from './schemas.ts'

/** What a patient may demand of whoever keeps the data, and how long they are kept. */
export const privacyRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.ports
  const permission = 'privacy.manage'

  app.route({
    method: 'GET',
    url: '/patients/:id/erasure',
    config: { permission, audit: 'patient.erase-preview' },
    schema: { operationId: 'previewErasure', params: WithId, response: { 200: ErasurePreview } },
    handler: async (request) => {
      const row = await patientRow(db, request.params.id)
      const ids = await withDuplicates(db, row.id)
      const cases = await casesOfPatients(db, ids)
      await refuseIfBlind(db, request.user!.id, cases)
      const counts = await countData(db, cases)
      return { version: row.version, confirm: wordOf(row), duplicates: ids.length - 1, ...counts }
    },
  })

  app.route({
    method: 'POST',
    url: '/patients/:id/erase',
    // A limit, because a password can be tried here as well.
    config: {
      permission,
      audit: 'patient.erase',
      rateLimit: { max: 20, timeWindow: '1 minute' },
    },
    schema: { operationId: 'erasePatient', params: WithId, body: Erase, response: { 200: Erased } },
    handler: async (request) => {
      const { id } = request.params
      const { version, password, confirm, acceptSigned } = request.body
      const userId = request.user!.id
      await checkOwnPassword(db, userId, password)
      const reason = request.body.reason.trim()
      if (!reason) throw new HttpError(422, 'REASON_MISSING', 'Say why the patient is erased.')
      if (confirm.trim() !== wordOf(await patientRow(db, id))) {
        throw new HttpError(
          422,
          'ERASE_NOT_CONFIRMED',
          'What was typed is not the hospital number of this patient; nothing was erased. Look whose page this is.',
        )
      }
      const check = ({ reports }: { reports: number }) => {
        if (reports === 0 || acceptSigned) return
        throw new HttpError(
          409,
          'SIGNED_REPORTS',
          'Signed reports would go, which the law may demand to keep. Confirm that they may go.',
          { reports },
        )
      }
      const counts = await erasePatient(app.ports, { id, version, userId, reason, check })
      return { at: Date.now(), ...counts }
    },
  })

  await app.register(exportRoute)
  await app.register(retentionRoutes)
}

/** What is typed to show that the right patient is meant. */
const wordOf = (row: { id: string; hospital_number: string; name: string }): string =>
  row.hospital_number.trim() || row.name.trim() || row.id.slice(-8)
