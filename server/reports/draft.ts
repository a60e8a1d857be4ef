import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { EMPTY_DRAFT, type ReportDraft } from '../../cytology/index.ts'
import { lockCase } from '../case-lock/cases.ts'
import type { Database } from '../database/schema.ts'
import { conflict } from '../errors.ts'
import type { VersionedDraft } from './schemas.ts'

type Versioned = Static<typeof VersionedDraft>

/** What was entered into the report of a case so far; an empty one of version 0 where nothing was. */
export async function readDraft(
  db: Kysely<Database>,
  caseId: string,
): Promise<Versioned & { updatedBy: string | null; updatedById: string | null }> {
  const row = await db
    .selectFrom('report_drafts')
    .innerJoin('users', 'users.id', 'report_drafts.updated_by')
    .select(['content', 'report_drafts.version', 'users.name', 'users.id as user_id'])
    .where('case_id', '=', caseId)
    .executeTakeFirst()
  if (!row) return { draft: EMPTY_DRAFT, version: 0, updatedBy: null, updatedById: null }
  const { version, name: updatedBy, user_id: updatedById } = row
  return { draft: JSON.parse(row.content) as ReportDraft, version, updatedBy, updatedById }
}

/** Errors: NOT_FOUND, CASE_SIGNED; CHANGED_MEANWHILE with the draft as it is now. */
export function writeDraft(
  db: Kysely<Database>,
  caseId: string,
  userId: string,
  { draft, version }: Versioned,
): Promise<Versioned> {
  return db.transaction().execute(async (trx) => {
    const at = Date.now()
    await lockCase(trx, caseId, at)
    const now = await readDraft(trx, caseId)
    if (now.version !== version) throw conflict('report', { draft: now.draft, version: now.version })
    const values = {
      content: JSON.stringify(draft),
      version: version + 1,
      updated_by: userId,
      updated_at: at,
    }
    if (version === 0) {
      await trx
        .insertInto('report_drafts')
        .values({ case_id: caseId, ...values })
        .execute()
    } else {
      await trx.updateTable('report_drafts').set(values).where('case_id', '=', caseId).execute()
    }
    return { draft, version: version + 1 }
  })
}
