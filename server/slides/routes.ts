import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Nothing, WithId } from '../api/common.ts'
import { findCase } from '../case-lock/find-case.ts'
import { Slide, SlideGiven } from './schemas.ts'
import { addSlide, removeSlide, renameSlide, slidesOf } from './slides.ts'

export const slideRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { db, events } = app.ports

  app.route({
    method: 'GET',
    url: '/cases/:id/slides',
    config: { permission: 'case.read', audit: 'slide.list', blind: true },
    schema: { operationId: 'listSlides', params: WithId, response: { 200: Type.Array(Slide) } },
    handler: async (request) => slidesOf(db, (await findCase(db, request.params.id)).id),
  })

  app.route({
    method: 'POST',
    url: '/cases/:id/slides',
    config: { permission: 'case.write', audit: 'slide.create' },
    schema: { operationId: 'addSlide', params: WithId, body: SlideGiven, response: { 200: Slide } },
    handler: async (request) => {
      const { id } = request.params
      const slide = await addSlide(db, id, request.body.label)
      events.emit(id, { kind: 'fields' })
      return slide
    },
  })

  app.route({
    method: 'PATCH',
    url: '/slides/:id',
    config: { permission: 'case.write', audit: 'slide.change' },
    schema: { operationId: 'renameSlide', params: WithId, body: SlideGiven, response: { 200: Slide } },
    handler: async (request) => {
      const { id } = request.params
      const caseId = await renameSlide(db, id, request.body.label)
      events.emit(caseId, { kind: 'fields' })
      return (await slidesOf(db, caseId)).find((slide) => slide.id === id)!
    },
  })

  app.route({
    method: 'DELETE',
    url: '/slides/:id',
    config: { permission: 'case.write', audit: 'slide.remove' },
    schema: { operationId: 'removeSlide', params: WithId, response: { 200: Nothing } },
    handler: async (request) => {
      events.emit(await removeSlide(db, request.params.id), { kind: 'fields' })
      return null
    },
  })
}
