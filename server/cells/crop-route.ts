import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { DEFAULT_UM_PER_PIXEL } from '../../vision/index.ts'
import { WithId } from '../api/common.ts'
import { originalOf } from '../originals/original.ts'
import { cutCrop } from './cut-crop.ts'
import type { DecodedFields } from './decoded-fields.ts'
import { placedCell } from './placed-cell.ts'
import { CropQuery } from './schemas.ts'

export const cropRoute: FastifyPluginAsyncTypebox<{ fields: DecodedFields }> = async (app, { fields }) => {
  const { db } = app.ports

  app.route({
    method: 'GET',
    url: '/cells/:id/crop',
    // A gallery asks for thousands, and each shows what the list of cells has told already.
    config: { permission: 'case.read', audit: false, blind: true, unnamed: true },
    schema: {
      operationId: 'getCrop',
      params: WithId,
      querystring: CropQuery,
      response: { 200: { content: { 'image/webp': { schema: Type.Any() } } }, 304: Type.Null() },
    },
    handler: async (request, reply) => {
      const { size = 96, um = 22, v } = request.query
      const cell = await placedCell(db, request.params.id)
      const { x, y, width, height, version, field_id, storage_key: key, um_per_pixel } = cell
      const side = um / (um_per_pixel ?? DEFAULT_UM_PER_PIXEL)
      const etag = `"${request.params.id}-${[x, y, width, height].join('-')}-${side.toFixed(2)}-${size}"`
      // To a blind reader the cell's version is not told.
      const forEver = v === version && !request.blindReading
      reply
        .header('etag', etag)
        .header('cache-control', forEver ? 'private, max-age=31536000, immutable' : 'private, no-cache')
      if (request.headers['if-none-match'] === etag) return reply.status(304).send(null)
      const field = await fields.get(key, () => originalOf(app.ports, field_id))
      const crop = await cutCrop(field, x + width / 2, y + height / 2, side, size)
      return reply.type('image/webp').send(crop)
    },
  })
}
