import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Nothing, WithId } from '../api/common.ts'
import { addScaleProfile, changeScaleProfile, removeScaleProfile, scaleProfiles } from './scale-profiles.ts'
import { ScaleProfile, ScaleProfileGiven } from './schemas.ts'

/** Whoever photographs slides knows the microscope: the profiles are theirs to keep. */
export const scaleProfileRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db } = app.ports

  app.route({
    method: 'GET',
    url: '/scale-profiles',
    config: { permission: 'case.read', audit: false },
    schema: { operationId: 'listScaleProfiles', response: { 200: Type.Array(ScaleProfile) } },
    handler: () => scaleProfiles(db),
  })

  app.route({
    method: 'POST',
    url: '/scale-profiles',
    config: { permission: 'case.write', audit: 'scale_profile.create' },
    schema: { operationId: 'addScaleProfile', body: ScaleProfileGiven, response: { 200: ScaleProfile } },
    handler: ({ body, user }) => addScaleProfile(db, body, user!.id),
  })

  app.route({
    method: 'PUT',
    url: '/scale-profiles/:id',
    config: { permission: 'case.write', audit: 'scale_profile.change' },
    schema: {
      operationId: 'changeScaleProfile',
      params: WithId,
      body: ScaleProfileGiven,
      response: { 200: ScaleProfile },
    },
    handler: ({ params, body }) => changeScaleProfile(db, params.id, body),
  })

  app.route({
    method: 'DELETE',
    url: '/scale-profiles/:id',
    config: { permission: 'case.write', audit: 'scale_profile.remove' },
    schema: { operationId: 'removeScaleProfile', params: WithId, response: { 200: Nothing } },
    handler: async ({ params }) => {
      await removeScaleProfile(db, params.id)
      return null
    },
  })
}
