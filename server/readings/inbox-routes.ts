import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Nothing, WithId } from '../api/common.ts'
import { findCase } from '../case-lock/find-case.ts'
import { inboxOf, seenInCase } from './inbox.ts'
import { Inbox } from './schemas.ts'

/** What waits for whoever asks. */
export const inboxRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.ports

  app.route({
    method: 'GET',
    url: '/inbox',
    // Every page asks every few seconds; reading a case is audited where it is read.
    config: { permission: 'case.read', audit: false },
    schema: { operationId: 'getInbox', response: { 200: Inbox } },
    handler: ({ user }) => inboxOf(db, user!.id, Date.now()),
  })

  app.route({
    method: 'POST',
    url: '/cases/:id/second-readings/seen',
    config: { permission: 'case.read', audit: 'reading.seen', blind: true },
    schema: { operationId: 'markReadingsSeen', params: WithId, response: { 200: Nothing } },
    handler: async ({ params, user }) => {
      const { id } = await findCase(db, params.id)
      await seenInCase(db, id, user!.id, Date.now())
      return null
    },
  })
}
