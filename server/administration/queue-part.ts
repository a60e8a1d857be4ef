import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { type Part, part } from './part.ts'
import { failedSince } from './work-listed.ts'

const DAY = 86_400_000
/** ms that a job may wait for its turn. */
const LONG = 30 * 60_000

/** What waits for its hour, as the next night of retention always does, waits for nobody. */
export async function queuePart(db: Kysely<Database>): Promise<Part> {
  const now = Date.now()
  const rows = await db
    .selectFrom('jobs')
    .select((e) => ['status', e.fn.countAll().as('count'), e.fn.min('run_at').as('oldest')])
    .where('status', 'in', ['waiting', 'running'])
    .where((e) => e.or([e('status', '=', 'running'), e('run_at', '<=', now)]))
    .groupBy('status')
    .execute()
  const of = (status: string) => rows.find((row) => row.status === status)
  const waiting = Number(of('waiting')?.count ?? 0)
  const oldestMs = waiting > 0 ? now - Number(of('waiting')!.oldest) : null
  const failed = await failedSince(db, Date.now() - DAY)
  const values = { waiting, running: Number(of('running')?.count ?? 0), oldestMs, failed }
  if (failed > 0) return part('queue', 'QUEUE_FAILED', values)
  return part('queue', (oldestMs ?? 0) > LONG ? 'QUEUE_SLOW' : 'QUEUE_OK', values)
}
