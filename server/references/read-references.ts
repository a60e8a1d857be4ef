import type { ExpressionBuilder, Kysely } from 'kysely'
import type { Static } from 'typebox'
import type { CellClass } from '../../cytology/index.ts'
import type { Database } from '../database/schema.ts'
import { notFound } from '../errors.ts'
import type { Reference } from './schemas.ts'

interface Asked {
  userId: string
  type?: CellClass | undefined
  /** With those that the program drew. */
  drawn?: boolean | undefined
}

/**
 * The site's typical cells, what persons kept before what public sets show and what was drawn, the newest first. Those of a case that
 * `userId` reads blind are left out: they show what the first reader called a cell.
 */
export async function readReferences(db: Kysely<Database>, { userId, type, drawn = false }: Asked) {
  let all = db
    .selectFrom('reference_cells')
    .leftJoin('users', 'users.id', 'reference_cells.created_by')
    .leftJoin('reference_sets', 'reference_sets.id', 'set_id')
    .select(['reference_cells.id', 'type', 'origin', 'users.name', 'reference_cells.created_at'])
    .select(['recogniser', 'embedding', 'source', 'licence'])
    .where(shownTo(userId))
  if (type) all = all.where('type', '=', type)
  if (!drawn) all = all.where('origin', '!=', 'drawn')
  return all
    .orderBy((eb) =>
      eb.case().when('origin', '=', 'person').then(0).when('origin', '=', 'set').then(1).else(2).end(),
    )
    .orderBy('reference_cells.id', 'desc')
    .execute()
}

type Row = Awaited<ReturnType<typeof readReferences>>[number]

export function referenceAnswer({
  id,
  type,
  origin,
  name,
  created_at,
  ...row
}: Row): Static<typeof Reference> {
  const { source, licence } = row
  const set = source !== null && licence !== null ? { source, licence } : null
  return { id, type, origin, set, keptBy: name, createdAt: Number(created_at) }
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
