import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { HttpError } from '../errors.ts'

/** When the rule of retention removed the photographs of a case; null while they are there. */
export async function imagesRemovedAt(db: Kysely<Database>, caseId: string): Promise<number | null> {
  const row = await db
    .selectFrom('cases')
    .select('images_removed_at')
    .where('id', '=', caseId)
    .executeTakeFirst()
  return row?.images_removed_at ? Number(row.images_removed_at) : null
}

/** Errors: IMAGES_REMOVED, whose details are {at}. */
export function refuseIfImagesRemoved(at: number | null): void {
  if (at === null) return
  const day = new Date(Number(at)).toISOString().slice(0, 10)
  throw new HttpError(
    410,
    'IMAGES_REMOVED',
    `The images of this case were removed on ${day} by the retention rule; cells, counts and report are kept.`,
    { at: Number(at) },
  )
}
