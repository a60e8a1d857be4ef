import type { Kysely, Selectable } from 'kysely'
import { v7 as uuid } from 'uuid'
import { iou } from '../../vision/index.ts'
import { record } from '../audit/record.ts'
import { summaryDue } from '../case-lock/summary-due.ts'
import { boxOf, placeOf } from '../cells/cell-box.ts'
import { forgetCells, keepEmbeddings } from '../cells/cell-embeddings.ts'
import { markRescaled } from '../cells/mark-rescaled.ts'
import { flag } from '../cells/naming.ts'
import { storedFor } from '../cells/stored-probabilities.ts'
import { inChunks } from '../database/in-chunks.ts'
import type { Cells, Database, Fields } from '../database/schema.ts'
import type { AnalysedField } from '../inference/inference.ts'

/** A found box that shares this much with a cell that a person has settled is that cell. */
const SAME = 0.5
/** Rows an insert: MySQL and SQLite bound the number of values of one statement. */
const CHUNK = 200

/**
 * Put what the networks found in a field in place of what they had found before. Cells that a person has reviewed,
 * drawn or removed stay as they are, also those that only a second reader has named. All or nothing; false when the field is gone, was
 * done, or was given another scale meanwhile, or the analysis was ended.
 */
export async function saveField(
  db: Kysely<Database>,
  analysisId: string,
  { id: fieldId, case_id, version }: Pick<Selectable<Fields>, 'id' | 'case_id' | 'version'>,
  result: AnalysedField,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    // Changes nothing and holds the row: an analysis that was ended, after which the case may be signed, brings no more cells.
    const open = await trx
      .updateTable('analyses')
      .set((e) => ({ done: e.ref('done') }))
      .where('id', '=', analysisId)
      .where('status', 'in', ['queued', 'running'])
      .executeTakeFirst()
    if (Number(open.numUpdatedRows) === 0) return false
    const before = await trx
      .selectFrom('fields')
      .select('um_per_pixel')
      .where('id', '=', fieldId)
      .executeTakeFirst()
    const { numUpdatedRows } = await trx
      .updateTable('fields')
      .set((e) => ({
        status: 'analysed',
        error: null,
        um_per_pixel: result.scale.umPerPixel,
        scale_source: result.scale.source,
        warnings: JSON.stringify(result.warnings),
        version: e('version', '+', 1),
      }))
      .where('id', '=', fieldId)
      .where('status', '=', 'waiting')
      .where('version', '=', version)
      .executeTakeFirst()
    if (Number(numUpdatedRows) === 0) return false
    if (before?.um_per_pixel !== result.scale.umPerPixel) await markRescaled(trx, [fieldId])
    const removed = await forgetCells(trx, { id: fieldId, case_id }, 'found')
    const kept = await trx
      .selectFrom('cells')
      .select(['x', 'y', 'width', 'height'])
      .where('field_id', '=', fieldId)
      .execute()
    const settled = kept.map(boxOf)
    const { classes } = await trx
      .selectFrom('analyses')
      .select('classes')
      .where('id', '=', analysisId)
      .executeTakeFirstOrThrow()
    const now = Date.now()
    const found = result.cells
      .filter(({ box }) => !settled.some((other) => iou(box, other) > SAME))
      .map((cell) => ({ ...cell, id: uuid() }))
    const rows = found.map(
      (cell): Selectable<Cells> => ({
        id: cell.id,
        case_id,
        field_id: fieldId,
        analysis_id: analysisId,
        ...placeOf(cell.box),
        detection: cell.detection,
        type: cell.type,
        suggested: cell.type,
        subtype: null,
        tags: null,
        probability: cell.probability,
        probabilities: storedFor(classes, cell.probabilities),
        regions: JSON.stringify(cell.regions),
        unfamiliar: flag(cell.unfamiliar),
        touches_edge: cell.touchesEdge ? 1 : 0,
        origin: 'model',
        reviewed: 0,
        confirmed: null,
        deleted: 0,
        version: 1,
        updated_by: null,
        updated_at: now,
      }),
    )
    for (const chunk of inChunks(rows, CHUNK)) await trx.insertInto('cells').values(chunk).execute()
    const seen = found.map(({ id, embedding }) => ({
      cell_id: id,
      case_id,
      recogniser: result.recogniser,
      embedding,
    }))
    await keepEmbeddings(trx, seen)
    await trx
      .updateTable('analyses')
      .set((e) => ({ done: e('done', '+', 1), cells: e('cells', '+', rows.length) }))
      .where('id', '=', analysisId)
      .execute()
    await record(trx, {
      event: 'analysis.field',
      caseId: case_id,
      subjectId: fieldId,
      before: { unreviewedCells: removed },
      after: { analysisId, cells: rows.length },
    })
    await summaryDue(trx, case_id)
    return true
  })
}

/** The field could not be analysed; the analysis goes on with the next. */
export async function saveFailure(
  db: Kysely<Database>,
  analysisId: string,
  fieldId: string,
  message: string,
  warnings: readonly string[] = [],
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('fields')
      .set((e) => ({
        status: 'failed',
        error: message,
        warnings: JSON.stringify(warnings),
        version: e('version', '+', 1),
      }))
      .where('id', '=', fieldId)
      .where('status', '=', 'waiting')
      .executeTakeFirst()
    if (Number(numUpdatedRows) === 0) return
    await trx
      .updateTable('analyses')
      .set((e) => ({ done: e('done', '+', 1) }))
      .where('id', '=', analysisId)
      .execute()
    const { case_id: caseId } = await trx
      .selectFrom('analyses')
      .select('case_id')
      .where('id', '=', analysisId)
      .executeTakeFirstOrThrow()
    const after = { analysisId, error: message }
    await record(trx, { event: 'analysis.field', caseId, subjectId: fieldId, after })
  })
}
