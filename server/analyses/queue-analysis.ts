import type { Kysely, Selectable, Transaction } from 'kysely'
import { v7 as uuid } from 'uuid'
import { record } from '../audit/record.ts'
import { refuseIfReadBlind } from '../case-lock/boxes-held.ts'
import { lockCase, markAnalysing } from '../case-lock/cases.ts'
import { CLASSES_NOW } from '../cells/stored-probabilities.ts'
import { inChunks } from '../database/in-chunks.ts'
import type { Analyses, Database } from '../database/schema.ts'
import { HttpError, notFound } from '../errors.ts'
import type { Ports } from '../ports.ts'

/** Payload of a job of kind `analysis`. Of its fields, those that still wait are to be done. */
export interface AnalysisJob {
  analysisId: string
  fieldIds: string[]
}

/**
 * Put fields of a case in the queue: the given ones, or those that a function gives after it has changed them in the same
 * transaction; else all that wait or failed.
 *
 * Errors: NOT_FOUND, CASE_SIGNED, ANALYSIS_RUNNING, NOTHING_TO_ANALYSE; BOXES_HELD where they have cells and the case is read blind.
 */
export async function queueAnalysis(
  { db, queue, events }: Ports,
  caseId: string,
  userId: string,
  given?: readonly string[] | ((trx: Transaction<Database>) => Promise<readonly string[]>),
  event = 'analysis.start',
): Promise<Selectable<Analyses>> {
  const now = Date.now()
  const row: Selectable<Analyses> = {
    id: uuid(),
    case_id: caseId,
    status: 'queued',
    total: 0,
    done: 0,
    cells: 0,
    models: 'null',
    classes: CLASSES_NOW,
    error: null,
    created_by: userId,
    created_at: now,
    started_at: null,
    finished_at: null,
  }
  await db.transaction().execute(async (trx) => {
    // First of all: of two that ask at once, or of one who asks while another signs, the second waits and then sees it.
    await lockCase(trx, caseId, now)
    const busy = await trx
      .selectFrom('analyses')
      .select('id')
      .where('case_id', '=', caseId)
      .where('status', 'in', ['queued', 'running'])
      .executeTakeFirst()
    if (busy) {
      throw new HttpError(
        409,
        'ANALYSIS_RUNNING',
        'This case is being analysed; wait for the end or cancel it.',
      )
    }
    const fieldIds = typeof given === 'function' ? await given(trx) : given
    const fields = await trx
      .selectFrom('fields')
      .select(['id', 'status'])
      .where('case_id', '=', caseId)
      .orderBy('number')
      .execute()
    const known = new Set(fields.map((field) => field.id))
    if (fieldIds?.some((id) => !known.has(id))) throw notFound('field in this case')
    const wanted = fieldIds ? new Set(fieldIds) : undefined
    const chosen = fields.filter((field) => (wanted ? wanted.has(field.id) : field.status !== 'analysed'))
    if (chosen.length === 0) {
      throw new HttpError(409, 'NOTHING_TO_ANALYSE', 'No field waits to be analysed. Add images first.')
    }
    if (await haveCells(trx, chosen)) await refuseIfReadBlind(trx, caseId)
    row.total = chosen.length
    await trx.insertInto('analyses').values(row).execute()
    for (const { id } of chosen) {
      await trx.updateTable('fields').set({ status: 'waiting', error: null }).where('id', '=', id).execute()
    }
    await markAnalysing(trx, caseId)
    const after = { analysisId: row.id, fields: chosen.length }
    await record(trx, { event, caseId, subjectId: row.id, userId, after })
    const job: AnalysisJob = { analysisId: row.id, fieldIds: chosen.map((field) => field.id) }
    // With it: an analysis that no job does would keep the case from ever being signed.
    await queue.add('analysis', job, undefined, trx)
  })
  events.emit(caseId, { kind: 'analysis', analysisId: row.id })
  events.emit(caseId, { kind: 'case' })
  return row
}

/** What was analysed before: of its cells those would be replaced that no person has touched. */
async function haveCells(db: Kysely<Database>, fields: readonly { id: string }[]): Promise<boolean> {
  for (const chunk of inChunks(fields)) {
    const ids = chunk.map(({ id }) => id)
    const cell = await db
      .selectFrom('cells')
      .select('id')
      .where('field_id', 'in', ids)
      .limit(1)
      .executeTakeFirst()
    if (cell) return true
  }
  return false
}
