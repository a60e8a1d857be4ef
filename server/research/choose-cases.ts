import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { openReadingsOf } from '../readings/blind.ts'
import { type CaseFilter, chosenCases } from '../statistics/filter.ts'

/** The summaries of the cases that an export of this person takes: without those that the person reads blind. */
export async function casesToExport(db: Kysely<Database>, filter: CaseFilter, userId: string) {
  const blind = [...(await openReadingsOf(db, userId)).keys()]
  return chosenCases(db, { filter, blind })
}

/** Their ids without order, so that none can be told from a place in the archive. */
export async function shuffledCases(
  db: Kysely<Database>,
  filter: CaseFilter,
  userId: string,
): Promise<string[]> {
  const chosen = await casesToExport(db, filter, userId)
  const rows = await chosen.select('case_id').execute()
  return shuffled(rows.map((row) => row.case_id))
}

function shuffled<T>(all: T[]): T[] {
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1))
    ;[all[i], all[j]] = [all[j]!, all[i]!]
  }
  return all
}
