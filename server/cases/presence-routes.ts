import type { FastifyInstance } from 'fastify'
import { Nothing, WithId } from '../api/common.ts'
import { findCase } from '../case-lock/find-case.ts'
import { Presence } from './presence.ts'

/** ms between two looks for pages whose line broke. */
const SWEEP = 5_000

/** Pages that show a case say every few seconds that they still do. Returns who is there. */
export function presenceRoutes(app: FastifyInstance): Presence {
  const presence = new Presence()
  const sweep = setInterval(() => presence.sweep(Date.now()), SWEEP).unref()
  app.addHook('onClose', async () => clearInterval(sweep))
  app.route<{ Params: { id: string } }>({
    method: 'POST',
    url: '/cases/:id/presence',
    // A sign of life, which changes nothing; the opening of the case is audited where it is read.
    config: { permission: 'case.read', audit: false, blind: true },
    schema: { operationId: 'stillHere', params: WithId, response: { 200: Nothing } },
    handler: async ({ params, user }) => {
      const { id } = await findCase(app.ports.db, params.id)
      presence.heard(id, user!.id, Date.now())
      return null
    },
  })
  return presence
}
