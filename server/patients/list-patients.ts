import { type Kysely, sql } from 'kysely'
import type { Static } from 'typebox'
import { reading } from '../database/reads.ts'
import type { Database } from '../database/schema.ts'
import { FEW, inGroups, lookUp } from '../search/begins-with.ts'
import { goThrough } from '../search/go-through.ts'
import { searchWords } from '../search/words.ts'
import { patientAnswer } from './patient-row.ts'
import type { PatientList, PatientQuery } from './schemas.ts'

type Db = Kysely<Database>
type Found = { ids: string[]; total: number; more: boolean; next: string | null }

/** Where the list stops counting. */
const COUNTED = 1000

/** One page of the patients, the newest first: all, or those whom each of the words finds, by the name or by a case. */
async function listPatients(
  db: Db,
  { search = '', archived = false, after, pageSize = 50 }: Static<typeof PatientQuery>,
  identities: boolean,
): Promise<Static<typeof PatientList>> {
  const { words, dates, statuses, nothing } = searchWords(search)
  // The day on which one of the patient's cases was received is one of its terms.
  const all = [...words, ...dates]
  // A patient has no state; a word that names one is looked for in no other way.
  // Nor is one found by a name or a number by who may not know it.
  if (nothing || statuses.length > 0 || (!identities && words.length > 0))
    return { items: [], total: 0, more: false, next: null }
  const { ids, ...page } =
    all.length === 0
      ? await listInOrder(db, archived, after, pageSize)
      : await findPatients(db, all, archived, after, pageSize)
  return { items: await readPatients(db, ids), ...page }
}

export const PATIENTS = reading(import.meta.url, 'PATIENTS', listPatients)

async function listInOrder(
  db: Db,
  archived: boolean,
  after: string | undefined,
  size: number,
): Promise<Found> {
  const rows = await patientsInOrder(db, archived, after)
    .limit(size + 1)
    .execute()
  const some = patientsInOrder(db, archived, undefined).limit(COUNTED + 1)
  const { total } = await db
    .selectFrom(some.as('some'))
    .select((eb) => eb.fn.countAll().as('total'))
    .executeTakeFirstOrThrow()
  const ids = rows.slice(0, size).map(({ id }) => id)
  return {
    ids,
    total: Math.min(Number(total), COUNTED),
    more: Number(total) > COUNTED,
    next: rows.length > size ? ids.at(-1)! : null,
  }
}

async function findPatients(
  db: Db,
  words: readonly string[],
  archived: boolean,
  after: string | undefined,
  size: number,
): Promise<Found> {
  const { patients, some, among } = await lookUp(db, words)
  const newestFirst = patients?.toReversed()
  const found = async (ids: readonly string[]) => {
    const has = await among(ids)
    const those = ids.filter((id) => has(id))
    return new Set(
      (await inGroups(those, (group) => patientsAmong(db, group, archived).execute())).map(({ id }) => id),
    )
  }
  // Few patients are archived, so that all of them are read however many are not.
  if (newestFirst && (newestFirst.length <= FEW || archived)) {
    const those = await found(newestFirst)
    const left = newestFirst.filter((id) => those.has(id) && (!after || id < after))
    const ids = left.slice(0, size)
    return {
      ids,
      total: Math.min(those.size, COUNTED),
      more: those.size > COUNTED,
      next: left.length > size ? ids.at(-1)! : null,
    }
  }
  /** The next of all whom the words can find. */
  const next = async (from: string | undefined, limit: number) => {
    if (newestFirst) return newestFirst.filter((id) => !from || id < from).slice(0, limit)
    return (await patientsInOrder(db, archived, from).limit(limit).execute()).map(({ id }) => id)
  }
  const read = async (from: string | undefined, limit: number) => {
    const ids = await next(from, limit)
    const those = await found(ids)
    return ids.map((id) => ({ row: id, hit: those.has(id) }))
  }
  const page = await goThrough(read, after, size)
  if (page.next === undefined || page.rows.length > 0 || after) {
    return {
      ids: page.rows,
      total: page.rows.length,
      more: page.next !== undefined,
      next: page.next ?? null,
    }
  }
  // As in findCases: some of what is common but lies far down.
  const far = await found((await some()).slice(-FEW))
  if (far.size === 0) return { ids: page.rows, total: page.rows.length, more: true, next: page.next }
  const sorted = [...far].sort().reverse()
  return { ids: sorted.slice(0, size), total: Math.min(sorted.length, COUNTED), more: true, next: null }
}

export function patientsInOrder(db: Db, archived: boolean, after: string | undefined) {
  const query = db
    .selectFrom('patients')
    .select('patients.id')
    .where('patients.archived', '=', archived ? 1 : 0)
    .where('patients.merged_into', 'is', null)
    .orderBy('patients.id', 'desc')
  return after ? query.where('patients.id', '<', after) : query
}

/** Those of some patients who stand in the list. A '+' keeps SQLite from going through the list instead. */
export const patientsAmong = (db: Db, patientIds: readonly string[], archived: boolean) =>
  db
    .selectFrom('patients')
    .select('patients.id')
    .where('patients.id', 'in', patientIds)
    .where(sql<boolean>`+patients.archived = ${archived ? 1 : 0}`)
    .where(sql<boolean>`+patients.merged_into is null`)

async function readPatients(db: Db, ids: readonly string[]) {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('patients').selectAll().where('id', 'in', ids).execute()
  const cases = await db
    .selectFrom('cases')
    .select((eb) => ['patient_id', eb.fn.countAll().as('cases'), eb.fn.max('received_on').as('last')])
    .where('patient_id', 'in', ids)
    .groupBy('patient_id')
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  const of = new Map(cases.map((row) => [row.patient_id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    const had = of.get(id)
    return row
      ? { ...patientAnswer(row), cases: Number(had?.cases ?? 0), lastReceivedOn: had?.last ?? null }
      : []
  })
}
