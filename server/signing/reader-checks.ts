import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import type { Cases, Database } from '../database/schema.ts'
import { readDraft } from '../reports/draft.ts'
import { reportSettings } from '../reports/report-settings.ts'
import type { Check } from './schemas.ts'

/** What a person reads who is refused for one of these. */
export const READER_REFUSALS: Partial<Record<Static<typeof Check>['code'], string>> = {
  READER_MISSING:
    'This laboratory wants reports verified by a second person. Name who read this case in its details, then let another person sign.',
  READER_SIGNS:
    'This laboratory wants reports verified by a second person. You read this case, so another person signs it.',
}

/**
 * Where the site wants two persons: whoever is printed as the reader may not sign, and somebody must be printed as the reader.
 * That is the person whom the case names, else whoever last wrote the report.
 */
export async function readerChecks(
  db: Kysely<Database>,
  { id, reader_id }: Pick<Cases, 'id' | 'reader_id'>,
  signerId: string,
): Promise<Static<typeof Check>[]> {
  if (!(await reportSettings(db)).twoPersons) return []
  const reader = reader_id ?? (await readDraft(db, id)).updatedById
  if (reader === null) return [{ code: 'READER_MISSING', blocking: true, count: 1 }]
  return reader === signerId ? [{ code: 'READER_SIGNS', blocking: true, count: 1 }] : []
}
