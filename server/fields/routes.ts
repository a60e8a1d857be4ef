import { join } from 'node:path'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Nothing, WithId } from '../api/common.ts'
import { record } from '../audit/record.ts'
import { imagesRemovedAt, refuseIfImagesRemoved } from '../case-lock/images-removed.ts'
import { caseOf } from '../cases/case-row.ts'
import { whenGone } from '../decoding/when-gone.ts'
import { originalOf } from '../originals/original.ts'
import { Slide, SlideScaleGiven } from '../slides/schemas.ts'
import { slidesOf } from '../slides/slides.ts'
import { giveScale, removeField } from './change-field.ts'
import { faultsOf } from './faults.ts'
import { fieldAnswer, findField } from './field-row.ts'
import { hourly } from './hourly.ts'
import { Renditions } from './renditions.ts'
import { decideScaleOfSlide } from './scale-of-slide.ts'
import { Field, FieldPatch, ImageQuery, RemoveQuery, UploadFault } from './schemas.ts'
import { uploadRoutes } from './upload-routes.ts'

export const fieldRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { config, db, storage, events, decoding } = app.ports
  const folder = join(config.dataFolder, 'renditions')
  const renditions = new Renditions(folder, decoding, config.limits.renditions)
  hourly(app, 'copies of fields could not be tidied up', () => renditions.tidyUp(db))
  await app.register(uploadRoutes)

  /** A copy that was made while its original was removed must not stay. */
  async function stillThere(fieldId: string, caseId: string): Promise<void> {
    try {
      await findField(db, fieldId)
      refuseIfImagesRemoved(await imagesRemovedAt(db, caseId))
    } catch (error) {
      await renditions.remove(fieldId)
      throw error
    }
  }

  app.route({
    method: 'GET',
    url: '/cases/:id/fields',
    config: { permission: 'case.read', audit: 'field.list', blind: true },
    schema: { operationId: 'listFields', params: WithId, response: { 200: Type.Array(Field) } },
    handler: async (request) => {
      const { id } = await caseOf(db, request.params.id)
      const rows = await db
        .selectFrom('fields')
        .selectAll()
        .where('case_id', '=', id)
        .orderBy('number')
        .execute()
      return rows.map(fieldAnswer)
    },
  })

  app.route({
    method: 'GET',
    url: '/cases/:id/faults',
    config: { permission: 'case.read', audit: 'fault.list', blind: true },
    schema: { operationId: 'listFaults', params: WithId, response: { 200: Type.Array(UploadFault) } },
    handler: async (request) => faultsOf(db, (await caseOf(db, request.params.id)).id),
  })

  app.route({
    method: 'DELETE',
    url: '/cases/:id/faults',
    config: { permission: 'case.write', audit: 'fault.clear' },
    schema: { operationId: 'clearFaults', params: WithId, response: { 200: Nothing } },
    handler: async (request) => {
      const { id } = await caseOf(db, request.params.id)
      await db.transaction().execute(async (trx) => {
        const rows = await faultsOf(trx, id)
        await trx.deleteFrom('upload_faults').where('case_id', '=', id).execute()
        const before = rows.map(({ fileName, code }) => ({ fileName, code }))
        await record(trx, { event: 'fault.clear', caseId: id, before })
      })
      events.emit(id, { kind: 'fields' })
      return null
    },
  })

  app.route({
    method: 'PATCH',
    url: '/fields/:id',
    config: { permission: 'case.write', audit: 'field.change' },
    schema: { operationId: 'changeField', params: WithId, body: FieldPatch, response: { 200: Field } },
    handler: async (request) => {
      const field = await giveScale(db, request.params.id, request.body)
      events.emit(field.case_id, { kind: 'fields' })
      return fieldAnswer(field)
    },
  })

  app.route({
    method: 'PUT',
    url: '/slides/:id/scale',
    config: { permission: 'case.write', audit: 'slide.scale' },
    schema: {
      operationId: 'decideScaleOfSlide',
      params: WithId,
      body: SlideScaleGiven,
      response: { 200: Slide },
    },
    handler: async ({ params: { id }, body, user }) => {
      const caseId = await decideScaleOfSlide(app.ports, id, body, user!.id)
      events.emit(caseId, { kind: 'fields' })
      return (await slidesOf(db, caseId)).find((slide) => slide.id === id)!
    },
  })

  app.route({
    method: 'DELETE',
    url: '/fields/:id',
    config: { permission: 'case.write', audit: 'field.remove' },
    schema: {
      operationId: 'removeField',
      params: WithId,
      querystring: RemoveQuery,
      response: { 200: Nothing },
    },
    handler: async (request) => {
      const field = await removeField(db, request.params.id, request.query.force ?? false)
      events.emit(field.case_id, { kind: 'fields' })
      await storage.remove(field.storage_key)
      await renditions.remove(field.id)
      return null
    },
  })

  app.route({
    method: 'GET',
    url: '/fields/:id/image',
    // A filmstrip asks for hundreds, and each shows what the list of fields has told already.
    config: { permission: 'case.read', audit: false, blind: true, unnamed: true },
    schema: {
      operationId: 'getFieldImage',
      params: WithId,
      querystring: ImageQuery,
      response: { 200: { content: { 'image/jpeg': { schema: Type.Any() } } } },
    },
    handler: async (request, reply) => {
      const { id, case_id, width } = await findField(db, request.params.id)
      refuseIfImagesRemoved(await imagesRemovedAt(db, case_id))
      const file = await renditions.get({
        field: { id, width },
        width: request.query.width,
        original: () => originalOf(app.ports, id),
        signal: whenGone(reply),
      })
      try {
        await stillThere(id, case_id)
      } catch (error) {
        await file.close()
        throw error
      }
      return reply
        .type('image/jpeg')
        .header('cache-control', 'private, max-age=31536000, immutable')
        .header('content-length', (await file.stat()).size)
        .send(file.createReadStream())
    },
  })
}
