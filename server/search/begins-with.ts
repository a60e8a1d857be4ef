import { type Kysely, type RawBuilder, sql } from 'kysely'
import { inChunks } from '../database/in-chunks.ts'
import type { Database } from '../database/schema.ts'

type Db = Kysely<Database>

/** Sorts behind every text that begins with what stands before it. */
export const LAST = '\u{10ffff}'
/** Terms of a word that are read at once; whom a word with more of them finds is looked up among some patients at a time. */
const MANY = 10_000
/** Patients that are fetched and sorted at once; where more are found, the list is gone through in its order. */
export const FEW = 1000
/** Patients a query: MariaDB takes a list of a thousand for a table, which it then goes through. */
const AMONG = 500

/** True of a term that begins with a word, as a range that both databases read off an index. */
const beginsWith = (word: string): RawBuilder<boolean> =>
  sql<boolean>`search_terms.term >= ${word} and search_terms.term < ${word + LAST}`

/** Whom and what a word finds, by the first of its terms: all, where they are not more than MANY. */
export const termsOf = (db: Db, word: string) =>
  db
    .selectFrom('search_terms')
    .select(['patient_id', 'case_id'])
    .where(beginsWith(word))
    .limit(MANY + 1)

/** Whether more than MANY terms begin with a word: counting them takes a tenth of the time that reading them does. */
async function isCommon(db: Db, word: string): Promise<boolean> {
  const { terms } = await db
    .selectFrom(termsOf(db, word).as('some'))
    .select((eb) => eb.fn.countAll().as('terms'))
    .executeTakeFirstOrThrow()
  return Number(terms) > MANY
}

/** What a word finds among some patients. */
export const termsAmong = (db: Db, word: string, patientIds: readonly string[]) =>
  db
    .selectFrom('search_terms')
    .select(['patient_id', 'case_id'])
    .where('patient_id', 'in', patientIds)
    .where(beginsWith(word))

/** By patient the cases that a word finds; '' is the patient's own. */
type Found = Map<string, Set<string>>
/** Whether each of the words finds a patient, or a case of the patient. */
type Has = (patientId: string, caseId?: string) => boolean

export interface LookUp {
  /** No others are found; `among` tells which of these are. undefined: very many terms begin with each of the words. */
  patients: string[] | undefined
  /** Some of whom the words may find, or all, in the order in which they came. */
  some(): Promise<string[]>
  /**
   * Tells of any of these patients, or of a case of theirs, whether each of the words finds it: a case is found by its own
   * terms and its patient's, a patient by those of all its cases too.
   */
  among(patientIds: readonly string[]): Promise<Has>
}

/** Looks words up; there is at least one. */
export async function lookUp(db: Db, words: readonly string[]): Promise<LookUp> {
  const known: Found[] = []
  const common: string[] = []
  for (const word of words) {
    if (await isCommon(db, word)) common.push(word)
    else known.push(byPatient(await termsOf(db, word).execute()))
  }
  // The rarest first: whom it does not find none of the others has to.
  known.sort((a, b) => a.size - b.size)
  const [rarest, ...others] = known
  const patients = rarest && [...rarest.keys()].filter((id) => others.every((found) => found.has(id))).sort()
  return {
    patients,
    some: async () => patients ?? [...byPatient(await termsOf(db, words[0]!).execute()).keys()].sort(),
    async among(patientIds) {
      const found = [...known]
      let ids = [...new Set(patientIds)].filter((id) => known.every((one) => one.has(id)))
      for (const word of common) {
        const one = byPatient(await inGroups(ids, (some) => termsAmong(db, word, some).execute()))
        found.push(one)
        ids = ids.filter((id) => one.has(id))
      }
      return (patientId, caseId) =>
        found.every((one) => {
          const cases = one.get(patientId)
          return cases !== undefined && (caseId === undefined || cases.has('') || cases.has(caseId))
        })
    },
  }
}

/** What is read of many patients, some at a time. */
export async function inGroups<Row>(
  patientIds: readonly string[],
  read: (some: readonly string[]) => Promise<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = []
  for (const some of inChunks(patientIds, AMONG)) rows.push(...(await read(some)))
  return rows
}

function byPatient(rows: readonly { patient_id: string; case_id: string }[]): Found {
  const found: Found = new Map()
  for (const { patient_id, case_id } of rows) {
    const of = found.get(patient_id)
    if (of) of.add(case_id)
    else found.set(patient_id, new Set([case_id]))
  }
  return found
}
