import type { Kysely } from 'kysely'
import { refuseIfImagesRemoved } from '../case-lock/images-removed.ts'
import type { Database } from '../database/schema.ts'
import { notFound } from '../errors.ts'

/**
 * Where a cell lies in the picture of its field, for what is cut out of it or measured in it.
 *
 * Errors: no such cell; its case's images were removed.
 */
export async function placedCell(db: Kysely<Database>, id: string) {
  const cell = await db
    .selectFrom('cells')
    .innerJoin('fields', 'fields.id', 'cells.field_id')
    .innerJoin('cases', 'cases.id', 'cells.case_id')
    .select('images_removed_at')
    .select(['x', 'y', 'cells.width', 'cells.height', 'cells.version', 'touches_edge'])
    .select(['cells.field_id', 'storage_key', 'um_per_pixel'])
    .where('cells.id', '=', id)
    .executeTakeFirst()
  if (!cell) throw notFound('cell')
  refuseIfImagesRemoved(cell.images_removed_at)
  return cell
}
