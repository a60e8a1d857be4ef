import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { reading } from '../database/reads.ts'
import type { Database } from '../database/schema.ts'
import type { Choices } from './schemas.ts'

/** What can be chosen from: the sites, readers and recognisers that occur, the most frequent ones first. */
async function choices(db: Kysely<Database>): Promise<Static<typeof Choices>> {
  const values = async (column: 'site' | 'recogniser') => {
    const rows = await db
      .selectFrom('case_summaries')
      .select((eb) => [column, eb.fn.countAll().as('cases')])
      .groupBy(column)
      .orderBy('cases', 'desc')
      .limit(100)
      .execute()
    return rows
      .map((row) => (row as Record<string, unknown>)[column] as string)
      .filter((value) => value !== '')
  }
  const readers = await db
    .selectFrom('users')
    .select(['id', 'name'])
    .where('id', 'in', db.selectFrom('case_summaries').select('reader_id').distinct())
    .orderBy('name')
    .execute()
  return { sites: await values('site'), recognisers: await values('recogniser'), readers }
}

export const CHOICES = reading(import.meta.url, 'CHOICES', choices)
