/** An administrator lets something be tried again, or stops it. */
import type { Selectable } from 'kysely'
import type { AnalysisJob } from '../analyses/queue-analysis.ts'
import { queueAnalysis } from '../analyses/queue-analysis.ts'
import { finish } from '../analyses/worker.ts'
import { record } from '../audit/record.ts'
import type { Jobs, ResearchExports } from '../database/schema.ts'
import { HttpError, notFound } from '../errors.ts'
import type { Ports } from '../ports.ts'
import { NIGHTLY } from './nightly.ts'

/** `id` is a job's, or that of an analysis or an export that failed. Errors: NOT_FOUND, JOB_NOT_FAILED; of an analysis those of `queueAnalysis`. */
export async function retryWork(ports: Ports, id: string, userId: string): Promise<void> {
  const { db, queue } = ports
  const job = await findJob(ports, id)
  if (job) {
    const { caseId } = await whatOf(ports, job)
    if (!(await queue.retry(id))) throw notFailed()
    return record(db, { event: 'job.retry', caseId, subjectId: id, after: { kind: job.kind } })
  }
  const analysis = await db.selectFrom('analyses').selectAll().where('id', '=', id).executeTakeFirst()
  if (analysis) {
    if (analysis.status !== 'failed') throw notFailed()
    await queueAnalysis(ports, analysis.case_id, userId, undefined, 'job.retry')
    return
  }
  const one = await db.selectFrom('research_exports').selectAll().where('id', '=', id).executeTakeFirst()
  if (!one) throw notFound('job')
  await retryExport(ports, one)
}

/** Errors: NOT_FOUND, also of the next night of what is done every night, which is not in the list; JOB_OVER. */
export async function cancelWork(ports: Ports, id: string): Promise<void> {
  const { db, queue } = ports
  const job = await findJob(ports, id)
  if (!job || (NIGHTLY.includes(job.kind) && job.status === 'waiting')) throw notFound('job')
  if (job.status !== 'waiting' && job.status !== 'running') {
    throw new HttpError(
      409,
      'JOB_OVER',
      'This job is over; there is nothing to stop. Look at the list again.',
    )
  }
  const { caseId, analysisId, exportId } = await whatOf(ports, job)
  if (analysisId && caseId) await finish(ports, analysisId, caseId, 'cancelled', null, 'analysis.cancel')
  if (exportId) {
    const ended = { status: 'cancelled', finished_at: Date.now() } as const
    await db.updateTable('research_exports').set(ended).where('id', '=', exportId).execute()
  }
  await queue.cancel(id)
  await record(db, { event: 'job.cancel', caseId, subjectId: id, after: { kind: job.kind } })
}

const findJob = ({ db }: Ports, id: string) =>
  db.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst()

/** What a job is about; the case is null where its analysis is gone. */
async function whatOf({ db }: Ports, { kind, payload }: Selectable<Jobs>) {
  const told = JSON.parse(payload) as Partial<AnalysisJob & { exportId: string }>
  if (kind !== 'analysis') return { caseId: null, analysisId: null, exportId: told.exportId ?? null }
  const analysisId = told.analysisId!
  const row = await db
    .selectFrom('analyses')
    .select('case_id')
    .where('id', '=', analysisId)
    .executeTakeFirst()
  return { caseId: row?.case_id ?? null, analysisId, exportId: null }
}

async function retryExport({ db, queue }: Ports, { id }: Selectable<ResearchExports>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('research_exports')
      .set({ status: 'queued', done: 0, error: null, finished_at: null })
      .where('id', '=', id)
      .where('status', '=', 'failed')
      .executeTakeFirst()
    if (Number(numUpdatedRows) === 0) throw notFailed()
    await record(trx, { event: 'job.retry', subjectId: id, after: { kind: 'research-export' } })
    // With it, as when it was begun: an export that no job does would be queued for ever.
    const jobId = await queue.add('research-export', { exportId: id }, undefined, trx)
    await trx.updateTable('research_exports').set({ job_id: jobId }).where('id', '=', id).execute()
  })
}

const notFailed = () =>
  new HttpError(
    409,
    'JOB_NOT_FAILED',
    'Only what failed can be tried again, and this did not, or was begun again already. Look at the list again.',
  )
