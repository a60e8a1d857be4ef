import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import type { Database } from '../database/schema.ts'
import { unprintable } from '../fonts/runs.ts'
import { reportOfCase } from './report-of-case.ts'
import type { Check } from './schemas.ts'

/** The characters of texts that no font has, with the words in which they stand: what a signer is asked, where there are any. */
export function unprintableOf(texts: Iterable<string>): Static<typeof Check> {
  const found = unprintable(texts)
  return { code: 'UNPRINTABLE', blocking: false, count: found.length, found }
}

/** The same of a case's report and of the signer's name. */
export async function unprintableIn(
  db: Kysely<Database>,
  caseId: string,
  signer: string,
): Promise<Static<typeof Check>> {
  return unprintableOf([...textsIn(await reportOfCase(db, caseId)), signer])
}

/** Every text in plain data. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : []
}
