import type { Kysely, Transaction } from 'kysely'
import type { Static } from 'typebox'
import { record } from '../audit/record.ts'
import { refuseIfReadBlind } from '../case-lock/boxes-held.ts'
import { lockCase } from '../case-lock/cases.ts'
import { inChunks } from '../database/in-chunks.ts'
import type { Database } from '../database/schema.ts'
import { conflict, HttpError, notFound } from '../errors.ts'
import type { NamedCell } from '../inference/inference.ts'
import { checkBox } from './cell-box.ts'
import { type Change, type Columns, columnsOf, difference } from './cell-difference.ts'
import { keepEmbeddings } from './cell-embeddings.ts'
import { CELL_COLUMNS, type CellRow, cellOf } from './cell-row.ts'
import { log } from './change-log.ts'
import { summaryOf } from './change-summary.ts'
import { checkNames } from './check-names.ts'
import { areTogether, mustHaveBeen, restored, wholeSet } from './how-settled.ts'
import { namingOf } from './naming.ts'
import type { CellChanges } from './schemas.ts'

type Asked = Static<typeof CellChanges>['changes'][number]
/**
 * Makes all of the changes or none, and returns the cells as they are then, in the order asked for. `named`: what the
 * networks say of the boxes that are set.
 *
 * Errors: CASE_SIGNED; BOXES_HELD; NOT_FOUND where a cell is not of this case; CHANGED_MEANWHILE, whose details are {cells}, those
 * whose version is another; CELL_TWICE; BOX_NOT_VALID; CONFIRMED_NOT_SO; CELL_NAME_UNKNOWN, CELL_NAME_ELSEWHERE.
 */
export function changeCells(
  db: Kysely<Database>,
  caseId: string,
  userId: string,
  asked: readonly Asked[],
  named: ReadonlyMap<string, NamedCell> = new Map(),
) {
  return db.transaction().execute(async (trx) => {
    const at = Date.now()
    await lockCase(trx, caseId, at)
    if (asked.some(({ set }) => set.box !== undefined || set.deleted !== undefined)) {
      await refuseIfReadBlind(trx, caseId)
    }
    const now = await cellsOf(trx, caseId, asked)
    const stale = asked.filter(({ id, version }) => now.get(id)!.version !== version)
    if (stale.length > 0) throw conflict('cell', { cells: stale.map(({ id }) => cellOf(now.get(id)!)) })
    await checkNames(trx, asked, now)
    const sizes = await sizesOfFields(trx, caseId)
    const together = areTogether(asked)
    const changes: Change[] = []
    const groups = new Map<string, { columns: Columns; ids: string[] }>()
    for (const { id, set } of asked) {
      const row = now.get(id)!
      const field = sizes.get(row.field_id)!
      if (set.box) checkBox(set.box, field)
      const change = difference(id, row, wholeSet(set, row, together))
      if (!change) continue
      changes.push(change)
      const naming = change.after.box && named.get(id)
      if (naming && !set.type) follow(change, row, naming.type)
      const columns = { ...columnsOf(change.after, field), ...(naming && namingOf(naming)) }
      const key = JSON.stringify(columns)
      const group = groups.get(key) ?? { columns, ids: [] }
      group.ids.push(id)
      groups.set(key, group)
    }
    await mustHaveBeen(trx, caseId, restored(changes, together))
    for (const { columns, ids } of groups.values()) await update(trx, columns, ids, userId, at)
    await keepEmbeddings(trx, seenAgain(caseId, changes, named))
    if (changes.length > 0) {
      const changeId = await log(trx, caseId, userId, at, changes)
      const summary = summaryOf(changes)
      const after = { changeId, cells: changes.length, ...summary.after }
      await record(trx, { event: 'cell.change', caseId, before: summary.before, after })
    }
    const after = changes.length > 0 ? await cellsOf(trx, caseId, asked) : now
    return { rows: asked.map(({ id }) => after.get(id)!), changed: changes.map(({ cellId }) => cellId) }
  })
}

/** An unreviewed cell has the type that the network gives it, unless this change settles it. */
function follow({ before, after }: Change, row: CellRow, type: CellRow['type']): void {
  if (row.reviewed === 1 || after.reviewed || row.type === type) return
  Object.assign(before, { type: row.type })
  Object.assign(after, { type })
  if (row.subtype === null) return
  Object.assign(before, { subtype: row.subtype })
  Object.assign(after, { subtype: null })
}

function seenAgain(caseId: string, changes: readonly Change[], named: ReadonlyMap<string, NamedCell>) {
  return changes.flatMap(({ cellId, after }) => {
    const seen = after.box && named.get(cellId)
    if (!seen) return []
    const { recogniser, embedding } = seen
    return [{ cell_id: cellId, case_id: caseId, recogniser, embedding }]
  })
}

async function cellsOf(trx: Transaction<Database>, caseId: string, asked: readonly Asked[]) {
  const found = new Map<string, CellRow>()
  for (const chunk of inChunks(asked)) {
    const rows = await trx
      .selectFrom('cells')
      .select(CELL_COLUMNS)
      .where('case_id', '=', caseId)
      .where(
        'id',
        'in',
        chunk.map(({ id }) => id),
      )
      .execute()
    for (const row of rows) found.set(row.id, row)
  }
  const ids = new Set(asked.map(({ id }) => id))
  if (ids.size < asked.length) {
    throw new HttpError(400, 'CELL_TWICE', 'A cell is named twice in one change; name each once.')
  }
  if (found.size < ids.size) throw notFound('cell')
  return found
}

async function sizesOfFields(trx: Transaction<Database>, caseId: string) {
  const fields = await trx
    .selectFrom('fields')
    .select(['id', 'width', 'height'])
    .where('case_id', '=', caseId)
    .execute()
  return new Map(fields.map((field) => [field.id, field]))
}

async function update(trx: Transaction<Database>, columns: Columns, ids: string[], by: string, at: number) {
  for (const chunk of inChunks(ids)) {
    const { numUpdatedRows } = await trx
      .updateTable('cells')
      .set((eb) => ({ ...columns, version: eb('version', '+', 1), updated_by: by, updated_at: at }))
      .where('id', 'in', chunk)
      .executeTakeFirstOrThrow()
    // An analysis that runs again may take cells away between the reading and the writing.
    if (Number(numUpdatedRows) !== chunk.length) throw conflict('cell', { cells: [] })
  }
}
