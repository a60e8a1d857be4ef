import type { Selectable } from 'kysely'
import { MarrowscopeError } from '../../cytology/index.ts'
import { record } from '../audit/record.ts'
import { markAnalysed } from '../case-lock/cases.ts'
import { summaryDue } from '../case-lock/summary-due.ts'
import type { Fields } from '../database/schema.ts'
import { InferenceDied } from '../inference/child.ts'
import type { Ports } from '../ports.ts'
import { endProgress, setProgress } from './progress.ts'
import type { AnalysisJob } from './queue-analysis.ts'
import { saveFailure, saveField } from './save-field.ts'

/** Times that a field is tried when the networks' process dies over it. */
const TRIES = 3

export function startAnalysisWorker(ports: Ports): void {
  ports.queue.work('analysis', (payload, signal) => analyse(ports, payload as AnalysisJob, signal))
}

/** Does the fields that still wait, one after the other; so a job that is begun again goes on where it stopped. */
async function analyse(
  ports: Ports,
  { analysisId, fieldIds }: AnalysisJob,
  signal: AbortSignal,
): Promise<void> {
  const { db, inference, events } = ports
  const begun = await db.selectFrom('analyses').selectAll().where('id', '=', analysisId).executeTakeFirst()
  if (!begun || !['queued', 'running'].includes(begun.status)) return
  const caseId = begun.case_id
  try {
    const models = JSON.stringify(await inference.models())
    await db
      .updateTable('analyses')
      .set({ status: 'running', models, started_at: begun.started_at ?? Date.now() })
      .where('id', '=', analysisId)
      .where('status', 'in', ['queued', 'running'])
      .execute()
    events.emit(caseId, { kind: 'analysis', analysisId })
    for (const fieldId of fieldIds) {
      const field = await db.selectFrom('fields').selectAll().where('id', '=', fieldId).executeTakeFirst()
      if (field?.status !== 'waiting') continue
      await analyseField(ports, analysisId, field, signal)
      events.emit(caseId, { kind: 'fields' })
      events.emit(caseId, { kind: 'cells', cellIds: [], userId: null })
      events.emit(caseId, { kind: 'analysis', analysisId })
    }
    await finish(ports, analysisId, caseId, 'done', null)
  } catch (error) {
    // Cancelled, or the server is closing and the queue takes the job back.
    if (signal.aborted) throw error
    await finish(ports, analysisId, caseId, 'failed', (error as Error).message)
  } finally {
    endProgress(analysisId)
  }
}

async function analyseField(
  ports: Ports,
  analysisId: string,
  field: Selectable<Fields>,
  signal: AbortSignal,
): Promise<void> {
  const { db, storage, inference, events } = ports
  const umPerPixel = field.scale_source === 'given' ? (field.um_per_pixel ?? undefined) : undefined
  for (let tries = 1; ; tries++) {
    try {
      const onProgress = (share: number, cells: number) => {
        setProgress(analysisId, share, cells)
        events.emit(field.case_id, { kind: 'analysis', analysisId })
      }
      const file = await storage.localPath(field.storage_key)
      const result = await inference.analyse(file, { umPerPixel, signal, onProgress })
      setProgress(analysisId, 0, 0)
      if (await saveField(db, analysisId, field, result)) return
      // Given another scale in the meantime: what was found is of the old one.
      const now = await db.selectFrom('fields').selectAll().where('id', '=', field.id).executeTakeFirst()
      const again = now?.status === 'waiting' && now.version !== field.version
      return again ? analyseField(ports, analysisId, now, signal) : undefined
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof InferenceDied && tries < TRIES) continue
      if (!(error instanceof InferenceDied || error instanceof MarrowscopeError)) throw error
      await saveFailure(db, analysisId, field.id, error.message)
      return
    }
  }
}

/** Close an analysis that is still open, and say what the case waits for now. */
export async function finish(
  { db, events }: Ports,
  analysisId: string,
  caseId: string,
  status: 'done' | 'cancelled' | 'failed',
  error: string | null,
  event = 'analysis.finish',
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('analyses')
      .set({ status, error, finished_at: Date.now() })
      .where('id', '=', analysisId)
      .where('status', 'in', ['queued', 'running'])
      .executeTakeFirst()
    await markAnalysed(trx, caseId, Date.now())
    await summaryDue(trx, caseId)
    if (Number(numUpdatedRows) === 0) return
    const after = { status, ...(error === null ? {} : { error }) }
    await record(trx, { event, caseId, subjectId: analysisId, after })
  })
  events.emit(caseId, { kind: 'analysis', analysisId })
  events.emit(caseId, { kind: 'case' })
}
