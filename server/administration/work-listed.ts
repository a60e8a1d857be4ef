/** What the queue does, waits for and failed at, as rows of which none tells whose case it is but by its marrow number. */
import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import type { AnalysisJob } from '../analyses/queue-analysis.ts'
import type { Database } from '../database/schema.ts'
import { NIGHTLY } from './nightly.ts'
import type { Job } from './schemas.ts'

const DAY = 86_400_000
/** ms for which what failed is shown. */
const SHOWN = 30 * DAY
/** Rows of each kind at most. */
const MOST = 200

type Item = Static<typeof Job>

export async function listWork(db: Kysely<Database>): Promise<Item[]> {
  const items = [...(await openJobs(db)), ...(await failedAnalyses(db)), ...(await failedExports(db))]
  const order = { running: 0, failed: 1, waiting: 2 }
  return items.sort((a, b) => order[a.state] - order[b.state] || a.sinceAt - b.sinceAt)
}

/** What failed since `from`, ms since 1970, and was not begun again. */
export async function failedSince(db: Kysely<Database>, from: number): Promise<number> {
  return (await listWork(db)).filter((item) => item.state === 'failed' && item.sinceAt > from).length
}

/** Without the next night of what is done every night. */
async function openJobs(db: Kysely<Database>): Promise<Item[]> {
  const jobs = await db
    .selectFrom('jobs')
    .selectAll()
    .where('status', 'in', ['running', 'waiting', 'failed'])
    .where((e) => e.or([e('status', '!=', 'failed'), e('run_at', '>', Date.now() - SHOWN)]))
    .where((e) => e.or([e('status', '!=', 'waiting'), e('kind', 'not in', NIGHTLY)]))
    .orderBy('run_at')
    .limit(MOST)
    .execute()
  const analysisOf = new Map(
    jobs.flatMap(({ id, kind, payload }) =>
      kind === 'analysis' ? [[id, (JSON.parse(payload) as AnalysisJob).analysisId] as const] : [],
    ),
  )
  const cases = await casesOf(db, [...analysisOf.values()])
  return jobs.map((job) => ({
    id: job.id,
    kind: job.kind,
    state: job.status as Item['state'],
    ...(cases.get(analysisOf.get(job.id) ?? '') ?? { caseId: null, marrowNumber: null }),
    attempts: job.attempts,
    error: job.error,
    // The queue keeps no other times; a job that waits for its next try, or failed, was begun last at run_at.
    sinceAt: job.status === 'failed' ? Number(job.run_at) : Number(job.created_at),
  }))
}

async function casesOf(
  db: Kysely<Database>,
  analysisIds: readonly string[],
): Promise<Map<string, Pick<Item, 'caseId' | 'marrowNumber'>>> {
  if (analysisIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('analyses')
    .innerJoin('cases', 'cases.id', 'analyses.case_id')
    .select(['analyses.id', 'cases.id as caseId', 'marrow_number as marrowNumber'])
    .where('analyses.id', 'in', analysisIds)
    .execute()
  return new Map(rows.map(({ id, ...found }) => [id, found]))
}

/** Analyses that ended in failure while their job ended well: the newest of their case only, for a later one took its place. */
async function failedAnalyses(db: Kysely<Database>): Promise<Item[]> {
  const rows = await db
    .selectFrom('analyses')
    .innerJoin('cases', 'cases.id', 'analyses.case_id')
    .select(['analyses.id', 'analyses.error', 'finished_at', 'cases.id as caseId', 'marrow_number'])
    // Ids begin with their time: older rows are never looked at, however many there are.
    .where('analyses.id', '>', idFrom(Date.now() - SHOWN))
    .where('analyses.status', '=', 'failed')
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('analyses as later')
            .select('later.id')
            .whereRef('later.case_id', '=', 'analyses.case_id')
            .whereRef('later.id', '>', 'analyses.id'),
        ),
      ),
    )
    .orderBy('analyses.id', 'desc')
    .limit(MOST)
    .execute()
  return rows.map(({ id, error, finished_at, caseId, marrow_number: marrowNumber }) => ({
    ...{ id, kind: 'analysis', state: 'failed', caseId, marrowNumber, attempts: 1, error },
    sinceAt: Number(finished_at),
  }))
}

async function failedExports(db: Kysely<Database>): Promise<Item[]> {
  const rows = await db
    .selectFrom('research_exports')
    .select(['id', 'error', 'finished_at'])
    .where('status', '=', 'failed')
    .where('finished_at', '>', Date.now() - SHOWN)
    .limit(MOST)
    .execute()
  return rows.map(({ id, error, finished_at }) => ({
    ...{ id, kind: 'research-export', state: 'failed', caseId: null, marrowNumber: null, attempts: 1, error },
    sinceAt: Number(finished_at),
  }))
}

/** The least UUIDv7 of a moment. */
function idFrom(ms: number): string {
  const hex = ms.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
