import { Readable } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { WithId } from '../api/common.ts'
import { HttpError } from '../errors.ts'
import { patientRow } from '../patients/patient-row.ts'
import { PdfMaker } from '../printing/pdf/pdf-maker.ts'
import { ReportReader } from '../signing/report-reader.ts'
import { patientArchive } from './export-archive.ts'
import { ExportThread } from './export-thread.ts'
import { casesOfPatients, withDuplicates } from './patients-data.ts'
import { refuseIfBlind } from './refuse-if-blind.ts'

export const exportRoute: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.ports
  const pdfs = new PdfMaker()
  const reports = new ReportReader(app.ports)
  const thread = new ExportThread(app.ports.config.databaseUrl)
  app.addHook('onClose', async () => {
    await pdfs.close()
    await reports.close()
    await thread.close()
  })

  app.route({
    method: 'GET',
    url: '/patients/:id/export',
    exposeHeadRoute: false,
    config: { permission: 'privacy.manage', audit: 'patient.export' },
    schema: {
      operationId: 'exportPatient',
      params: WithId,
      response: { 200: { content: { 'application/x-tar': { schema: Type.Any() } } } },
    },
    handler: async (request, reply) => {
      const { id, merged_into } = await patientRow(db, request.params.id)
      if (merged_into) {
        throw new HttpError(
          409,
          'PATIENT_MERGED',
          'This patient was merged into another one. Open that one, or undo the merge there first.',
        )
      }
      const cases = await casesOfPatients(db, await withDuplicates(db, id))
      await refuseIfBlind(db, request.user!.id, cases)
      return (
        reply
          .type('application/x-tar')
          // Without a name: the name of a file is seen by whoever sees the folder.
          .header('content-disposition', `attachment; filename="marrowscope-patient-${id.slice(-8)}.tar"`)
          .header('cache-control', 'no-store')
          .send(
            Readable.from(patientArchive(app.ports, id, { pdfs, reports, thread }), { objectMode: false }),
          )
      )
    },
  })
}
