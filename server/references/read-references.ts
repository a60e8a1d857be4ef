import type { ExpressionBuilder, Kysely } from 'kysely'
import type { Static } from 'typebox'
import type { CellClass } from '../../cytology/index.ts'
import type { Database } from '../database/schema.ts'
import { notFound } from '../errors.ts'
import type { Reference } from './schemas.ts'

/**
 * The site's typical cells, what persons kept before what was drawn, the newest first. Those of a case that `userId` reads blind are
 * left out: they show what the first reader called a cell.
 */
export async function readReferences(db: Kysely<Database>, userId: string, type?: CellClass) {
  const all = db
    .selectFrom('reference_cells')
    .leftJoin('users', 'users.id', 'created_by')
    .select(['reference_cells.id', 'type', 'origin', 'users.name', 'reference_cells.created_at'])
    .select(['recogniser', 'embedding'])
    .where(shownTo(userId))
    .orderBy('origin', 'desc')
    .orderBy('reference_cells.id', 'desc')
  return (type ? all.where('type', '=', type) : all).execute()
}

type Row = Awaited<ReturnType<typeof readReferences>>[number]

export function referenceAnswer({ id, type, origin, name, created_at }: Row): Static<typeof Reference> {
  return { id, type, origin, keptBy: name, createdAt: Number(created_at) }
}

const shownTo =
  (userId: string) =>
  ({ not, exists, selectFrom }: ExpressionBuilder<Database, 'reference_cells'>) =>
    not(
      exists(
        selectFrom('second_readings')
          .select('second_readings.id')
          .whereRef('second_readings.case_id', '=', 'reference_cells.case_id')
          .where('reader_id', '=', userId)
          .where('status', '=', 'open'),
      ),
    )

/** As `readReferences` shows it. Errors: NOT_FOUND. */
export async function findReference(db: Kysely<Database>, userId: string, id: string) {
  const row = await db
    .selectFrom('reference_cells')
    .selectAll()
    .where('id', '=', id)
    .where(shownTo(userId))
    .executeTakeFirst()
  if (!row) throw notFound('reference cell')
  return row
}
