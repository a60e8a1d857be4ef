import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>

/** Sorts behind every text that begins with what stands before it. */
export const LAST = '\u{10ffff}'
/** Terms that a word may begin and still be looked up first; more are looked for while the list is gone through. */
export const FEW = 2000
/** Patients a query: MariaDB takes a list of a thousand for a table, which it then goes through. */
const AMONG = 500

/** True of a term that begins with a word, as a range that both databases read off an index. */
const beginsWith = (word: string): RawBuilder<boolean> =>
  sql<boolean>`search_terms.term >= ${word} and search_terms.term < ${word + LAST}`

/** Whom and what a word finds, by the first of its terms: all, where they are few. */
export const someTerms = (db: Db, word: string) =>
  db
    .selectFrom('search_terms')
    .select(['patient_id', 'specimen_id'])
    .where(beginsWith(word))
    .limit(FEW + 1)

/** The word that the fewest terms begin with, and the others; `few`: so few that what it finds can be sorted. */
export async function rarestFirst(db: Db, words: readonly string[]) {
  const counted = await Promise.all(
    words.map(async (word) => {
      const { hits } = await db
        .selectFrom(someTerms(db, word).as('some'))
        .select((eb) => eb.fn.countAll().as('hits'))
        .executeTakeFirstOrThrow()
      return { word, hits: Number(hits) }
    }),
  )
  const [rarest, ...others] = counted.sort((a, b) => a.hits - b.hits)
  return { rarest: rarest!.word, others: others.map(({ word }) => word), few: rarest!.hits <= FEW }
}

/** What a word finds among some patients. */
export const termsAmong = (db: Db, word: string, patientIds: readonly string[]) =>
  db
    .selectFrom('search_terms')
    .select(['patient_id', 'specimen_id'])
    .where('patient_id', 'in', patientIds)
    .where(beginsWith(word))

/**
 * Tells of any of these patients, or of a case of theirs, whether each of the words finds it: a case is found by its own terms
 * and its patient's, a patient by those of all its cases too. Looked up at once: as a part of the query that lists them,
 * MariaDB reads all terms of each patient.
 */
export async function whoHas(
  db: Db,
  words: readonly string[],
  patientIds: readonly string[],
): Promise<(patientId: string, caseId?: string) => boolean> {
  const found: Map<string, Set<string>>[] = []
  let ids = [...new Set(patientIds)]
  for (const word of words) {
    const cases = new Map<string, Set<string>>()
    for (let from = 0; from < ids.length; from += AMONG) {
      for (const row of await termsAmong(db, word, ids.slice(from, from + AMONG)).execute()) {
        const of = cases.get(row.patient_id)
        if (of) of.add(row.specimen_id)
        else cases.set(row.patient_id, new Set([row.specimen_id]))
      }
    }
    found.push(cases)
    // Whom one word does not find no other has to.
    ids = [...cases.keys()]
  }
  return (patientId, caseId) =>
    found.every((cases) => {
      const of = cases.get(patientId)
      return of !== undefined && (caseId === undefined || of.has('') || of.has(caseId))
    })
}
