import type { Kysely, Selectable } from 'kysely'
import type { Static } from 'typebox'
import type { Database, Fields } from '../database/schema.ts'
import { notFound } from '../errors.ts'
import type { Field } from './schemas.ts'

export type FieldRow = Selectable<Fields>

export function fieldAnswer(row: FieldRow): Static<typeof Field> {
  return {
    id: row.id,
    slideId: row.slide_id,
    number: row.number,
    fileName: row.file_name,
    width: row.width,
    height: row.height,
    bytes: row.bytes,
    umPerPixel: row.um_per_pixel,
    scaleSource: row.scale_source,
    taggedUmPerPixel: row.tagged_um_per_pixel,
    camera: row.camera,
    warnings: JSON.parse(row.warnings),
    status: row.status,
    error: row.error,
    imageFault: row.image_fault,
    version: row.version,
  }
}

/** Errors: NOT_FOUND. */
export async function findField(db: Kysely<Database>, id: string): Promise<FieldRow> {
  const row = await db.selectFrom('fields').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound('field')
  return row
}
