import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { v7 as uuid } from 'uuid'
import { record } from '../audit/record.ts'
import { lockCase } from '../case-lock/cases.ts'
import { inChunks } from '../database/in-chunks.ts'
import type { Database, SecondReadingCells } from '../database/schema.ts'
import { conflict, HttpError, notFound } from '../errors.ts'
import { type Change, difference, tagsColumn } from './cell-difference.ts'
import { type CellRow, cellOf } from './cell-row.ts'
import { checkNames } from './check-names.ts'
import { areTogether, notSo, restored, wholeSet } from './how-settled.ts'
import { selectBlind } from './read-blind.ts'
import type { CellChanges } from './schemas.ts'

type Asked = Static<typeof CellChanges>['changes'][number]

/**
 * As `changeCells`, within a second reading: the case's own cells stay as they are. Only the type, whether it is settled, and
 * the reader's own finer names and tags can be changed, for both readers must have named the same boxes.
 *
 * Errors: those of `changeCells`; BOXES_FIXED.
 */
export function changeCellsBlind(
  db: Kysely<Database>,
  caseId: string,
  readingId: string,
  asked: readonly Asked[],
) {
  return db.transaction().execute(async (trx) => {
    const at = Date.now()
    await lockCase(trx, caseId, at)
    if (asked.some(({ set }) => set.box !== undefined || set.deleted !== undefined)) throw boxesFixed()
    const ids = [...new Set(asked.map(({ id }) => id))]
    if (ids.length < asked.length) {
      throw new HttpError(400, 'CELL_TWICE', 'A cell is named twice in one change; name each once.')
    }
    const now = await cellsOf(trx, caseId, readingId, ids)
    if (now.size < ids.length) throw notFound('cell')
    const stale = asked.filter(({ id, version }) => now.get(id)!.version !== version)
    if (stale.length > 0) throw conflict('cell', { cells: stale.map(({ id }) => cellOf(now.get(id)!)) })
    await checkNames(trx, asked, now)
    const together = areTogether(asked)
    const changes: Change[] = []
    const next: SecondReadingCells[] = []
    for (const { id, set } of asked) {
      const row = now.get(id)!
      const change = difference(id, row, wholeSet(set, row, together))
      if (!change) continue
      changes.push(change)
      const { type = row.type, reviewed = row.reviewed === 1, confirmed = row.confirmed } = change.after
      const { subtype = row.subtype } = change.after
      const tags = change.after.tags ? tagsColumn(change.after.tags) : row.tags
      const flag = reviewed ? 1 : 0
      const of = { id: uuid(), reading_id: readingId, cell_id: id }
      const settled = { type, reviewed: flag, confirmed, subtype, tags } as const
      next.push({ ...of, ...settled, version: row.version + 1, updated_at: at })
    }
    // No log is kept of a blind reading: only a cell that this reader has touched can have been anything before.
    for (const id of restored(changes, together).keys()) if (now.get(id)!.version === 1) throw notSo()
    for (const chunk of inChunks(next)) {
      const these = chunk.map((row) => row.cell_id)
      await trx
        .deleteFrom('second_reading_cells')
        .where('reading_id', '=', readingId)
        .where('cell_id', 'in', these)
        .execute()
      await trx.insertInto('second_reading_cells').values(chunk).execute()
    }
    if (next.length > 0) {
      const reading = { readingId, cells: next.length }
      await record(trx, { event: 'cell.change', caseId, after: reading })
    }
    const after = next.length > 0 ? await cellsOf(trx, caseId, readingId, ids) : now
    return { rows: asked.map(({ id }) => after.get(id)!), changed: next.map((row) => row.cell_id) }
  })
}

const boxesFixed = () =>
  new HttpError(
    409,
    'BOXES_FIXED',
    'A second reader names the cells and leaves the boxes as they are; call what is no cell not identifiable.',
  )

async function cellsOf(
  db: Kysely<Database>,
  caseId: string,
  readingId: string,
  ids: readonly string[],
): Promise<Map<string, CellRow>> {
  const found = new Map<string, CellRow>()
  for (const chunk of inChunks(ids)) {
    const rows = await selectBlind(db, readingId)
      .where('cells.case_id', '=', caseId)
      .where('cells.id', 'in', chunk)
      .execute()
    for (const row of rows as CellRow[]) found.set(row.id, row)
  }
  return found
}
