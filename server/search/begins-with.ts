import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '../database/schema.ts'

/** Sorts behind every text that begins with what stands before it. */
export const LAST = '\u{10ffff}'

/** True of a term that begins with one of these, as ranges that both databases read off an index. */
export function beginsWith(column: string, beginnings: readonly string[]): RawBuilder<boolean> {
  const term = sql.ref(column)
  const ranges = beginnings.map((start) => sql`(${term} >= ${start} and ${term} < ${start + LAST})`)
  return sql<boolean>`(${sql.join(ranges, sql` or `)})`
}

/** Each of the words finds the patient of `patientId`, whichever of its cases it is about. */
export const patientHas = (patientId: string, words: readonly string[][]): RawBuilder<boolean> =>
  every(
    words,
    (word) => sql`exists (select 1 from search_terms as other
    where other.patient_id = ${sql.ref(patientId)} and ${beginsWith('other.term', word)})`,
  )

/** Each of the words finds the case `caseId` or its patient. */
export const caseHas = (patientId: string, caseId: string, words: readonly string[][]): RawBuilder<boolean> =>
  every(
    words,
    (word) => sql`exists (select 1 from search_terms as other
    where other.patient_id = ${sql.ref(patientId)} and ${beginsWith('other.term', word)}
      and (other.specimen_id = '' or other.specimen_id = ${sql.ref(caseId)}))`,
  )

const every = (words: readonly string[][], has: (word: string[]) => RawBuilder<unknown>) =>
  words.length === 0 ? sql<boolean>`1 = 1` : sql<boolean>`(${sql.join(words.map(has), sql` and `)})`

/** Terms that a word may begin and still be looked up first; more are looked for while the list is gone through. */
export const FEW = 2000

/** Whom and what a word finds, by the first of its terms: all, where they are few. */
export const someTerms = (db: Kysely<Database>, word: readonly string[]) =>
  db
    .selectFrom('search_terms')
    .select(['patient_id', 'specimen_id'])
    .where(beginsWith('search_terms.term', word))
    .limit(FEW + 1)

/** The word that the fewest terms begin with, and the others; `few`: so few that what it finds can be sorted. */
export async function rarestFirst(db: Kysely<Database>, words: readonly string[][]) {
  const counted = await Promise.all(
    words.map(async (word) => {
      const some = someTerms(db, word)
      const { hits } = await db
        .selectFrom(some.as('some'))
        .select((eb) => eb.fn.countAll().as('hits'))
        .executeTakeFirstOrThrow()
      return { word, hits: Number(hits) }
    }),
  )
  const [rarest, ...others] = counted.sort((a, b) => a.hits - b.hits)
  return { rarest: rarest!.word, others: others.map(({ word }) => word), few: rarest!.hits <= FEW }
}
