import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { ErrorAnswer } from '../api/common.ts'
import { refuseDoubtfulClock } from '../clock/clock-doubt.ts'
import { databaseUnavailable } from '../database/unavailable.ts'
import { HttpError } from '../errors.ts'
import { mustServe } from './health.ts'
import { remembered, within } from './remembered.ts'

/** ms; a balancer that hears nothing in 3 s takes the server for dead. */
const PATIENCE = 1800

/** What a load balancer asks: anyone may. */
export const healthRoute: FastifyPluginAsyncTypebox = async (app) => {
  // Balancers ask often, and each look writes to the disk.
  const serving = remembered(1000, () => mustServe(app.ports))
  const clock = remembered(1000, () => refuseDoubtfulClock(app.ports.db, 503))
  app.route({
    method: 'GET',
    url: '/health',
    config: { permission: 'public', audit: false },
    schema: {
      operationId: 'getHealth',
      response: { 200: Type.Object({ status: Type.Literal('ok') }), 503: ErrorAnswer },
    },
    handler: async () => {
      const asked = (async () => {
        await serving()
        await app.journal.check()
        await clock()
      })()
      await within(PATIENCE, databaseUnavailable, asked).catch((error) => {
        // A full disk has a status of its own, which no balancer knows.
        if (error instanceof HttpError) throw new HttpError(503, error.code, error.message)
        throw error
      })
      return { status: 'ok' as const }
    },
  })
}
