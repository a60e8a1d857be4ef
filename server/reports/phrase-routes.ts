import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { WithId } from '../api/common.ts'
import { addPhrase, changePhrase, listPhrases } from './phrases.ts'
import { NewPhrase, Phrase, PhrasePatch } from './schemas.ts'

export const phraseRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.ports

  app.route({
    method: 'GET',
    url: '/phrases',
    config: { permission: 'case.read', audit: false },
    schema: { operationId: 'listPhrases', response: { 200: Type.Array(Phrase) } },
    handler: () => listPhrases(db),
  })

  app.route({
    method: 'POST',
    url: '/phrases',
    config: { permission: 'settings.manage', audit: 'phrase.add' },
    schema: { operationId: 'addPhrase', body: NewPhrase, response: { 200: Phrase } },
    handler: (request) => addPhrase(db, request.user!.id, request.body),
  })

  app.route({
    method: 'PATCH',
    url: '/phrases/:id',
    config: { permission: 'settings.manage', audit: 'phrase.change' },
    schema: {
      operationId: 'changePhrase',
      params: WithId,
      body: PhrasePatch,
      response: { 200: Phrase },
    },
    handler: (request) => changePhrase(db, request.user!.id, request.params.id, request.body),
  })
}
