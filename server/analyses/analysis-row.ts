import type { Kysely, Selectable } from 'kysely'
import type { Static } from 'typebox'
import type { Analyses, Database } from '../database/schema.ts'
import { notFound } from '../errors.ts'
import { progressOf } from './progress.ts'
import type { Analysis } from './schemas.ts'

/** With the field in work counted in part, and the time that the rest will take at the pace so far. */
export function analysisAnswer(row: Selectable<Analyses>): Static<typeof Analysis> {
  const live = progressOf(row.id)
  const running = row.status === 'running'
  const share = row.total === 0 ? 0 : Math.min(1, (row.done + (running ? live.share : 0)) / row.total)
  const passed = running && row.started_at !== null ? Date.now() - row.started_at : 0
  return {
    id: row.id,
    status: row.status,
    total: row.total,
    done: row.done,
    cells: row.cells + (running ? live.cells : 0),
    share,
    scale: running ? (live.scale ?? null) : null,
    secondsLeft: running && share > 0.02 ? Math.round((passed / share - passed) / 1000) : null,
    models: JSON.parse(row.models),
    error: row.error,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  }
}

/** Errors: NOT_FOUND. */
export async function findAnalysis(db: Kysely<Database>, id: string): Promise<Selectable<Analyses>> {
  const row = await db.selectFrom('analyses').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound('analysis')
  return row
}
