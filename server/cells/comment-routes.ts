import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { WithId } from '../api/common.ts'
import { addComments, readComments } from './comments.ts'
import { Comment, NewComment } from './schemas.ts'

/** Neither is open to a blind reader: what the first reader said would tell. */
export const commentRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db, events } = app.ports
  const list = { 200: Type.Array(Comment) }

  app.route({
    method: 'GET',
    url: '/cases/:id/comments',
    config: { permission: 'case.read', audit: 'comment.list' },
    schema: { operationId: 'listComments', params: WithId, response: list },
    handler: (request) => readComments(db, request.params.id),
  })

  app.route({
    method: 'POST',
    url: '/cases/:id/comments',
    config: { permission: 'case.review', audit: 'comment.add' },
    schema: { operationId: 'addComment', params: WithId, body: NewComment, response: list },
    handler: async (request) => {
      const { id } = request.params
      await addComments(db, id, request.user!.id, request.body)
      events.emit(id, { kind: 'comments' }, null)
      return readComments(db, id)
    },
  })
}
