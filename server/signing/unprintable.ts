import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { unprintable } from '../fonts/runs.ts'
import { reportOfCase } from './report-of-case.ts'

/** The characters of a case's report, and of the signer's name, that no font has, with the words in which they stand. */
export async function unprintableIn(
  db: Kysely<Database>,
  caseId: string,
  signer: string,
): Promise<{ character: string; word: string }[]> {
  return unprintable([...textsIn(await reportOfCase(db, caseId)), signer])
}

/** Every text in plain data. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : []
}
