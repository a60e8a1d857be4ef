import type { Kysely, Transaction } from 'kysely'
import type { Static } from 'typebox'
import { changed } from '../audit/changed.ts'
import { record } from '../audit/record.ts'
import { lockCase, markCounted } from '../case-lock/cases.ts'
import type { Database } from '../database/schema.ts'
import { conflict } from '../errors.ts'
import type { ManualCount } from './schemas.ts'

type Count = Static<typeof ManualCount>

/** What was counted by key at the microscope. */
export async function readManualCount(db: Kysely<Database>, caseId: string): Promise<Count> {
  const row = await db
    .selectFrom('manual_counts')
    .select(['counts', 'version'])
    .where('case_id', '=', caseId)
    .executeTakeFirst()
  return row ? { counts: JSON.parse(row.counts), version: row.version } : { counts: {}, version: 0 }
}

/** Errors: CASE_SIGNED; CHANGED_MEANWHILE with the count as it is now. */
export function writeManualCount(
  db: Kysely<Database>,
  caseId: string,
  userId: string,
  { counts, version }: Count,
): Promise<Count> {
  return db.transaction().execute(async (trx) => {
    const at = Date.now()
    await lockCase(trx, caseId, at)
    const now = await readManualCount(trx, caseId)
    if (now.version !== version) throw conflict('count', now)
    const values = { counts: JSON.stringify(counts), updated_by: userId, updated_at: at }
    await (version === 0 ? insert(trx, caseId, values) : update(trx, caseId, values, version))
    await record(trx, { event: 'manual_count.write', caseId, ...changed(now.counts, counts) })
    await markCounted(trx, caseId)
    return { counts, version: version + 1 }
  })
}

interface Values {
  counts: string
  updated_by: string
  updated_at: number
}

const insert = (trx: Transaction<Database>, caseId: string, values: Values) =>
  trx
    .insertInto('manual_counts')
    .values({ case_id: caseId, version: 1, ...values })
    .execute()

const update = (trx: Transaction<Database>, caseId: string, values: Values, version: number) =>
  trx
    .updateTable('manual_counts')
    .set({ ...values, version: version + 1 })
    .where('case_id', '=', caseId)
    .execute()
