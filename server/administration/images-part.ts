import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { kept } from '../originals/check-images.ts'
import { type Part, part } from './part.ts'

/** ms without a night of checks after which something is wrong with them. */
const LATE = 3 * 86_400_000
/** Cases that are named. */
const NAMED = 5

/** Whether the images are those that were accepted, as far as they were read. */
export async function imagesPart(db: Kysely<Database>): Promise<Part> {
  const { fields, checked, last, first } = await kept(db)
    .select((e) => [
      e.fn.countAll().as('fields'),
      e.fn.count('image_checked_at').as('checked'),
      e.fn.max('image_checked_at').as('last'),
      e.fn.min('fields.created_at').as('first'),
    ])
    .executeTakeFirstOrThrow()
  const damaged = await kept(db)
    .select(['cases.marrow_number', 'fields.number', 'image_fault'])
    .where('image_fault', 'is not', null)
    .orderBy('cases.marrow_number')
    .orderBy('fields.number')
    .execute()
  const values = {
    fields: Number(fields),
    checked: Number(checked),
    lastAt: last === null ? null : Number(last),
    damaged: damaged.length,
    missing: damaged.filter(({ image_fault }) => image_fault === 'missing').length,
    where: damaged
      .slice(0, NAMED)
      .map(({ marrow_number, number }) => `${marrow_number}/${number}`)
      .join(', '),
  }
  if (damaged.length > 0) return part('images', 'IMAGES_DAMAGED', values)
  const since = Number(last ?? first ?? Date.now())
  return part('images', since < Date.now() - LATE ? 'IMAGES_UNCHECKED' : 'IMAGES_OK', values)
}
