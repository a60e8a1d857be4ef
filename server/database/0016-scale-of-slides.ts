/** One scale for all fields of a slide: what is known of it, what a person decided, and the site's cameras and objectives. */
import { addColumn, makeTables } from './make-tables.ts'
import type { AnyDatabase } from './tables.ts'

export async function up(db: AnyDatabase): Promise<void> {
  await addColumn(db, 'slides', 'um_per_pixel', 'real')
  await addColumn(db, 'slides', 'trusted', 'word')
  await addColumn(db, 'fields', 'tagged_um_per_pixel', 'real')
  await addColumn(db, 'fields', 'camera', 'text190', '')
  await addColumn(db, 'fields', 'estimate', 'long')
  await db
    .updateTable('fields')
    .set((e) => ({ tagged_um_per_pixel: e.ref('um_per_pixel') }))
    .where('scale_source', '=', 'metadata')
    .execute()
  await makeTables(
    db,
    {
      scale_profiles:
        'id name:text190 um_per_pixel:real camera:text190 width:int height:int created_by created_at:time',
    },
    [['scale_profiles', ['name']]],
    [],
  )
}
