import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { WithId } from '../api/common.ts'
import { NewCountingRule, RuleVersion } from './schemas.ts'
import { listRules, makeDefault, offerRule, saveRule } from './site-rules.ts'

export const countingRuleRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.ports
  const list = { 200: Type.Array(RuleVersion) }

  app.route({
    method: 'GET',
    url: '/counting-rules',
    // No word of any patient in it, and every form of a case asks for it.
    config: { permission: 'self', audit: false },
    schema: { operationId: 'listCountingRules', response: list },
    handler: () => listRules(db),
  })

  app.route({
    method: 'POST',
    url: '/counting-rules',
    config: { permission: 'settings.manage', audit: 'counting_rule.save' },
    schema: { operationId: 'saveCountingRule', body: NewCountingRule, response: { 200: RuleVersion } },
    handler: async (request) => {
      const id = await saveRule(db, request.user!.id, request.body)
      return (await listRules(db)).find((one) => one.id === id)!
    },
  })

  app.route({
    method: 'POST',
    url: '/counting-rules/:id/withdraw',
    config: { permission: 'settings.manage', audit: 'counting_rule.withdraw' },
    schema: { operationId: 'withdrawCountingRule', params: WithId, response: list },
    handler: async (request) => {
      await offerRule(db, request.params.id, false)
      return listRules(db)
    },
  })

  app.route({
    method: 'POST',
    url: '/counting-rules/:id/restore',
    config: { permission: 'settings.manage', audit: 'counting_rule.restore' },
    schema: { operationId: 'restoreCountingRule', params: WithId, response: list },
    handler: async (request) => {
      await offerRule(db, request.params.id, true)
      return listRules(db)
    },
  })

  app.route({
    method: 'POST',
    url: '/counting-rules/:id/default',
    config: { permission: 'settings.manage', audit: 'counting_rule.default' },
    schema: { operationId: 'makeCountingRuleDefault', params: WithId, response: list },
    handler: async (request) => {
      await makeDefault(db, request.params.id)
      return listRules(db)
    },
  })
}
