import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { nothingMeasured } from '../../cytology/index.ts'
import { measureCell } from '../../vision/index.ts'
import { WithId } from '../api/common.ts'
import { originalOf } from '../originals/original.ts'
import { boxOf } from './cell-box.ts'
import type { DecodedFields } from './decoded-fields.ts'
import { placedCell } from './placed-cell.ts'
import { Measurements } from './schemas.ts'

export const measureRoute: FastifyPluginAsyncTypebox<{ fields: DecodedFields }> = async (app, { fields }) => {
  const { db } = app.ports

  app.route({
    method: 'GET',
    url: '/cells/:id/measurements',
    config: { permission: 'case.read', audit: 'cell.measurements', blind: true },
    schema: { operationId: 'measureCell', params: WithId, response: { 200: Measurements } },
    // Measured anew each time: a few milliseconds, and never older than the box.
    handler: async (request) => {
      const cell = await placedCell(db, request.params.id)
      const { field_id, storage_key: key, um_per_pixel: umPerPixel } = cell
      // Without a scale a size would be a guess.
      if (umPerPixel === null) return nothingMeasured(cell.touches_edge === 1)
      const field = await fields.get(key, () => originalOf(app.ports, field_id))
      return measureCell(field, boxOf(cell), umPerPixel)
    },
  })
}
