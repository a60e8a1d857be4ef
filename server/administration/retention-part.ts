import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { retentionRules } from '../privacy/retention-rules.ts'
import { nextRun } from '../privacy/retention-worker.ts'
import { type Part, part } from './part.ts'

/** Whether the rules are carried out, or a night's work waits for a person. */
export async function retentionPart(db: Kysely<Database>): Promise<Part> {
  const { imagesYears, patientsYears } = await retentionRules(db)
  if (imagesYears === null && patientsYears === null) return part('retention', 'RETENTION_OFF')
  const last = await db
    .selectFrom('retention_runs')
    .select(['status', 'due_cases', 'due_patients'])
    .where('status', '!=', 'running')
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const values = {
    nextAt: await nextRun(db),
    cases: last?.due_cases ?? null,
    patients: last?.due_patients ?? null,
  }
  if (last?.status === 'asking') return part('retention', 'RETENTION_ASKS', values)
  return part('retention', last?.status === 'failed' ? 'RETENTION_FAILED' : 'RETENTION_OK', values)
}
