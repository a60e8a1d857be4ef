import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { WithId } from '../api/common.ts'
import { findCase } from '../case-lock/find-case.ts'
import { caseOf } from '../cases/case-row.ts'
import { Case } from '../cases/schemas.ts'
import { countsToSign } from '../cells/counts-to-sign.ts'
import { lookAtImages } from '../originals/original.ts'
import { addAddendum } from './addendum.ts'
import { checksOf } from './checks.ts'
import { ReportReader } from './report-reader.ts'
import { Addendum, Checks, Sign, Signature, Signatures } from './schemas.ts'
import { signCase } from './sign.ts'

export const signingRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db, events } = app.ports
  const reports = new ReportReader(app.ports)
  app.addHook('onClose', () => reports.close())

  app.route({
    method: 'GET',
    url: '/cases/:id/checks',
    config: { permission: 'case.read', audit: 'case.check' },
    schema: { operationId: 'getChecks', params: WithId, response: { 200: Checks } },
    handler: async (request) => {
      const row = await findCase(db, request.params.id)
      await lookAtImages(app.ports, row.id)
      return checksOf(db, row, await countsToSign(db, row), request.user!)
    },
  })

  app.route({
    method: 'POST',
    url: '/cases/:id/sign',
    // A limit, because a password can be tried here as well.
    config: {
      permission: 'case.sign',
      audit: 'case.sign',
      rateLimit: { max: 20, timeWindow: '1 minute' },
    },
    schema: { operationId: 'signCase', params: WithId, body: Sign, response: { 200: Case } },
    handler: async (request) => {
      const { id } = request.params
      await lookAtImages(app.ports, id)
      await signCase(db, id, request.user!, request.body)
      // A second reading that was open ends with it.
      events.readersChanged(id)
      return caseOf(db, id)
    },
  })

  app.route({
    method: 'GET',
    url: '/cases/:id/signatures',
    config: { permission: 'case.read', audit: 'signature.list' },
    schema: { operationId: 'listSignatures', params: WithId, response: { 200: Signatures } },
    handler: (request) => reports.signatures(request.params.id),
  })

  app.route({
    method: 'POST',
    url: '/cases/:id/addenda',
    config: {
      permission: 'case.sign',
      audit: 'case.addendum',
      rateLimit: { max: 20, timeWindow: '1 minute' },
    },
    schema: { operationId: 'addAddendum', params: WithId, body: Addendum, response: { 200: Signature } },
    handler: async (request) => {
      const { id } = request.params
      const addendumId = await addAddendum(db, id, request.user!, request.body)
      events.emit(id, { kind: 'case' })
      const all = await reports.signatures(id)
      return all.find((signature) => signature.id === addendumId)!
    },
  })
}
