import type { Kysely } from 'kysely'
import { CORRECTION_KINDS, type CorrectionKind, type Corrections } from '../../cytology/index.ts'
import type { Database } from '../database/schema.ts'

interface Change {
  before: Record<string, unknown> | null
  after: Record<string, unknown>
}

/** How often each kind of change was made to the cells of a case, taken-back ones among them. */
export async function correctionsOf(db: Kysely<Database>, caseId: string): Promise<Corrections> {
  const rows = await db.selectFrom('cell_changes').select('changes').where('case_id', '=', caseId).execute()
  return countCorrections(rows.flatMap(({ changes }) => JSON.parse(changes) as Change[]))
}

/** Each change counts once, as the most telling of what it did. */
export function countCorrections(changes: readonly Change[]): Corrections {
  const counts = Object.fromEntries(CORRECTION_KINDS.map((kind) => [kind, 0])) as Corrections
  for (const change of changes) counts[kindOf(change)] += 1
  return counts
}

function kindOf({ before, after }: Change): CorrectionKind {
  if (!before) return 'added'
  if (after.deleted !== undefined) return after.deleted ? 'removed' : 'restored'
  if (after.type !== undefined) return 'renamed'
  if (after.box !== undefined) return 'moved'
  if (after.subtype !== undefined || after.tags !== undefined) return 'refined'
  return after.reviewed ? 'confirmed' : 'reopened'
}
