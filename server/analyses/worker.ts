import { setTimeout as pause } from 'node:timers/promises'
import type { Kysely, Selectable } from 'kysely'
import { MarrowscopeError } from '../../cytology/index.ts'
import { type FieldScale, scaleContradicted } from '../../vision/index.ts'
import { record } from '../audit/record.ts'
import { markAnalysed } from '../case-lock/cases.ts'
import { summaryDue } from '../case-lock/summary-due.ts'
import type { Database, Fields } from '../database/schema.ts'
import { isDiskFull, keptOf, toldOf } from '../errors.ts'
import { InferenceDied, tryAgain } from '../inference/try-again.ts'
import { logged } from '../log-errors.ts'
import { ImageDamaged, originalOf } from '../originals/original.ts'
import type { Ports } from '../ports.ts'
import { decideScales } from './decide-scales.ts'
import { endProgress, setProgress } from './progress.ts'
import type { AnalysisJob } from './queue-analysis.ts'
import { saveFailure, saveField } from './save-field.ts'

/** ms until a full disk is looked at again. */
const FULL = 5000

export function startAnalysisWorker(ports: Ports): void {
  ports.queue.work('analysis', (payload, signal) =>
    whenThereIsRoom(signal, () => analyse(ports, payload as AnalysisJob, signal)),
  )
}

/** A full disk is waited for: what is done stays done, and the rest goes on. Errors: those of `work`; the signal's reason. */
async function whenThereIsRoom(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (signal.aborted || !isDiskFull(error)) throw error
      await pause(FULL, undefined, { signal })
    }
  }
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
    const models = JSON.stringify(await tryAgain(() => inference.models(signal), signal))
    await db
      .updateTable('analyses')
      .set({ status: 'running', models, started_at: begun.started_at ?? Date.now() })
      .where('id', '=', analysisId)
      .where('status', 'in', ['queued', 'running'])
      .execute()
    events.emit(caseId, { kind: 'analysis', analysisId })
    const { scales, again } = await decideScales(ports, { analysisId, caseId, fieldIds }, signal)
    for (const fieldId of [...fieldIds, ...again]) {
      if (again.includes(fieldId)) await waitAgain(db, fieldId)
      const field = await db.selectFrom('fields').selectAll().where('id', '=', fieldId).executeTakeFirst()
      if (field?.status !== 'waiting') continue
      await analyseField(ports, analysisId, field, scales, signal)
      events.emit(caseId, { kind: 'fields' })
      events.emit(caseId, { kind: 'cells', cellIds: [], userId: null })
      events.emit(caseId, { kind: 'analysis', analysisId })
    }
    await finish(ports, analysisId, caseId, 'done', null)
  } catch (error) {
    // Cancelled, or the server is closing and the queue takes the job back.
    if (signal.aborted || isDiskFull(error)) throw error
    console.error(logged(error as Error))
    const told = error instanceof InferenceDied ? error.message : keptOf(error)
    await finish(ports, analysisId, caseId, 'failed', told)
  } finally {
    endProgress(analysisId)
  }
}

async function analyseField(
  ports: Ports,
  analysisId: string,
  field: Selectable<Fields>,
  scales: ReadonlyMap<string, FieldScale>,
  signal: AbortSignal,
): Promise<void> {
  const { db, inference, events } = ports
  const scale = scaleOf(field, scales)
  if (scale.doubt === 'contradicted') {
    const { message } = scaleContradicted(field.file_name, scale)
    return saveFailure(db, analysisId, field.id, message, ['SCALE_CONTRADICTED'])
  }
  try {
    const onProgress = (share: number, cells: number) => {
      setProgress(analysisId, share, cells)
      events.emit(field.case_id, { kind: 'analysis', analysisId })
    }
    const file = await originalOf(ports, field.id)
    const result = await tryAgain(() => inference.analyse(file, { scale, signal, onProgress }), signal)
    setProgress(analysisId, 0, 0)
    if (await saveField(db, analysisId, field, result)) return
    // Given another scale in the meantime: what was found is of the old one.
    const now = await db.selectFrom('fields').selectAll().where('id', '=', field.id).executeTakeFirst()
    const again = now?.status === 'waiting' && now.version !== field.version
    return again ? await analyseField(ports, analysisId, now, scales, signal) : undefined
  } catch (error) {
    signal.throwIfAborted()
    if (!isOfField(error) || isDiskFull(error)) throw error
    const told = error instanceof InferenceDied ? error.message : toldOf(error, field.file_name)
    await saveFailure(db, analysisId, field.id, told)
  }
}

/** What stops one field stops no other. */
const isOfField = (error: unknown): error is Error =>
  error instanceof InferenceDied || error instanceof MarrowscopeError || error instanceof ImageDamaged

/** As decided for its slide, unless a person has given the field another one since. */
function scaleOf(
  { id, scale_source: source, um_per_pixel: umPerPixel }: Selectable<Fields>,
  scales: ReadonlyMap<string, FieldScale>,
): FieldScale {
  const decided = scales.get(id)!
  if (source !== 'given' || umPerPixel === null || umPerPixel === decided.umPerPixel) return decided
  return { umPerPixel, source, sure: true, estimate: undefined, doubt: 'none' }
}

/** A field that was analysed before is in the analysis too. */
async function waitAgain(db: Kysely<Database>, fieldId: string): Promise<void> {
  await db
    .updateTable('fields')
    .set({ status: 'waiting' })
    .where('id', '=', fieldId)
    .where('status', '=', 'analysed')
    .execute()
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
