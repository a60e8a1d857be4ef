import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'

/** Hexadecimal digits of the end of a case's id, which are random: among a million cases two alike are improbable. */
const DIGITS = 10

/** What a case is called by who may not know its marrow number: the end of its id, the same every time. */
export const caseLabel = (caseId: string): string =>
  `C-${caseId.replaceAll('-', '').slice(-DIGITS).toUpperCase()}`

/** The case that a text names by its label, in whatever letters; undefined where it names none. */
export async function caseOfLabel(db: Kysely<Database>, typed: string): Promise<string | undefined> {
  const digits = /^(?:c-?)?([0-9a-f]{10})$/.exec(typed.trim().toLowerCase())?.[1]
  if (!digits) return undefined
  const found = await db.selectFrom('cases').select('id').where('id', 'like', `%${digits}`).limit(2).execute()
  return found.length === 1 ? found[0]!.id : undefined
}
