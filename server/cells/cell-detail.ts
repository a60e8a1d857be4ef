import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { CELL_CLASSES } from '../../cytology/index.ts'
import type { Database } from '../database/schema.ts'
import { notFound } from '../errors.ts'
import type { Change } from './cell-difference.ts'
import { CELL_COLUMNS, type CellRow, cellOf } from './cell-row.ts'
import { selectBlind } from './read-blind.ts'
import type { CellDetail } from './schemas.ts'
import { readProbabilities } from './stored-probabilities.ts'

/** One cell, removed or not, with what persons did to it; as a blind reader has it where `reading` says so. Errors: NOT_FOUND. */
export async function readCellDetail(
  db: Kysely<Database>,
  id: string,
  reading?: string,
): Promise<Static<typeof CellDetail>> {
  const row = await db
    .selectFrom('cells')
    .select(CELL_COLUMNS)
    .select(['case_id', 'regions'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw notFound('cell')
  const own = reading && (await selectBlind(db, reading).where('cells.id', '=', id).executeTakeFirst())
  if (reading && !own) throw notFound('cell')
  const probabilities = await readProbabilities(db, id)
  return {
    ...cellOf(own ? (own as CellRow) : row),
    // 0 also of a class that was added after the cell was named.
    probabilities: CELL_CLASSES.map((type) => probabilities[type] ?? 0),
    regions: JSON.parse(row.regions),
    history: own ? [] : await historyOf(db, row.case_id, id),
  }
}

async function historyOf(db: Kysely<Database>, caseId: string, cellId: string) {
  const rows = await db
    .selectFrom('cell_changes')
    .innerJoin('users', 'users.id', 'cell_changes.user_id')
    .select(['at', 'users.name', 'changes'])
    .where('case_id', '=', caseId)
    // A change of thousands of cells is one text; only those that name the cell are worth reading.
    .where('changes', 'like', `%${cellId}%`)
    .orderBy('cell_changes.number')
    .execute()
  return rows.flatMap(({ at, name, changes }) =>
    (JSON.parse(changes) as Change[])
      .filter((change) => change.cellId === cellId)
      .map(({ before, after }) => ({ at: Number(at), userName: name, before, after })),
  )
}
