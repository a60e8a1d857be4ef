/** Which cases stand on a page of the worklist, and in which order. */
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { CaseStatus, Database } from '../database/schema.ts'
import { FEW, inGroups, LAST, lookUp } from '../search/begins-with.ts'
import { goThrough } from '../search/go-through.ts'

/** Where the lists stop counting. */
export const COUNTED = 1000

export interface CaseFilter {
  archived: boolean
  /** One of these; any where it is left out. */
  statuses?: readonly CaseStatus[]
  /** null: nobody. Anyone where it is left out. */
  readerId?: string | null
  /** With `readerId`: these cases too, whoever reads them first. */
  also?: readonly string[]
  /** Beginnings of YYYY-MM-DD, all of which the day of receipt has. */
  received?: readonly string[]
  /** The id of a case that is left out. */
  without?: string
  oldestFirst: boolean
}

/** A place in the list. */
export interface Place {
  id: string
  received_on: string
}

export interface Page<Row> {
  rows: Row[]
  total: number
  /** There are more than `total`. */
  more: boolean
  next: Row | undefined
}

type Db = Kysely<Database>

/** Cases in the order of the day they were received, read off an index; `total` stops at 1,000. */
export async function listCases(
  db: Db,
  filter: CaseFilter,
  after: Place | undefined,
  size: number,
): Promise<Page<Place>> {
  const rows = await inOrder(db, filter, after)
    .limit(size + 1)
    .execute()
  const total = await countCases(db, filter)
  return {
    rows: rows.slice(0, size),
    total: Math.min(total, COUNTED),
    more: total > COUNTED,
    next: rows.length > size ? rows[size - 1] : undefined,
  }
}

/** Cases that each of the words finds; there is at least one word. */
export async function findCases(
  db: Db,
  words: readonly string[],
  filter: CaseFilter,
  after: Place | undefined,
  size: number,
): Promise<Page<Place>> {
  const { patients, some, among } = await lookUp(db, words)
  const ofPatients = async (ids: readonly string[]) => {
    const has = await among(ids)
    const those = ids.filter((id) => has(id))
    const rows = await inGroups(those, (group) => casesOf(db, group, filter).execute())
    return rows.filter((row) => has(row.patient_id, row.id))
  }
  if (patients && patients.length <= FEW)
    return pageOf(await ofPatients(patients), after, size, filter.oldestFirst)
  const read = async (from: Place | undefined, limit: number) => {
    const rows = await nextCases(db, filter, from, limit).execute()
    const has = await among(rows.map((row) => row.patient_id))
    return rows.map((row) => ({ row, hit: has(row.patient_id, row.id) }))
  }
  const { rows, next } = await goThrough<Place>(read, after, size)
  if (next === undefined || rows.length > 0 || after) {
    return { rows, total: rows.length, more: next !== undefined, next }
  }
  // What is common but lies far down in the list: some of it, so that no one takes it for nothing. Ids tell the order of arrival.
  const byArrival = await some()
  const far = await ofPatients(filter.oldestFirst ? byArrival.slice(0, FEW) : byArrival.slice(-FEW))
  if (far.length === 0) return { rows, total: rows.length, more: true, next }
  return { ...pageOf(far, undefined, size, filter.oldestFirst), more: true, next: undefined }
}

/** Sorts as the list is sorted. */
const key = ({ received_on, id }: Place) => received_on + id

/** The cases of some patients, in no order. A '+' keeps SQLite from going through the whole list by the filter's index. */
export const casesOf = (db: Db, patientIds: readonly string[], filter: CaseFilter) =>
  db
    .selectFrom('cases')
    .select(['cases.id', 'cases.received_on', 'cases.patient_id'])
    .where('cases.patient_id', 'in', patientIds)
    .where(passes(filter, '+'))

/**
 * The next rows of the list with their patients. They are chosen first, by columns of the index alone: else MariaDB may hold
 * the range for too dear, and goes through the list from its start.
 */
export function nextCases(db: Db, filter: CaseFilter, from: Place | undefined, limit: number) {
  const direction = filter.oldestFirst ? 'asc' : 'desc'
  return db
    .selectFrom(inOrder(db, filter, from).limit(limit).as('next'))
    .innerJoin('cases as own', 'own.id', 'next.id')
    .select(['next.id', 'next.received_on', 'own.patient_id'])
    .orderBy('next.received_on', direction)
    .orderBy('next.id', direction)
}

/** The list from a place on. */
export function inOrder(db: Db, filter: CaseFilter, after: Place | undefined) {
  const direction = filter.oldestFirst ? 'asc' : 'desc'
  let query = db.selectFrom('cases').select(['cases.id', 'cases.received_on']).where(passes(filter))
  if (after) {
    // Not as a comparison of pairs, which MySQL does not read off an index.
    const beyond = filter.oldestFirst ? '>' : '<'
    query = query
      .where('cases.received_on', filter.oldestFirst ? '>=' : '<=', after.received_on)
      .where((eb) =>
        eb.or([eb('cases.received_on', beyond, after.received_on), eb('cases.id', beyond, after.id)]),
      )
  }
  return query.orderBy('cases.received_on', direction).orderBy('cases.id', direction)
}

/** The cases that are counted: one more than is told. */
export const countedCases = (db: Db, filter: CaseFilter) =>
  db
    .selectFrom('cases')
    .select('cases.id')
    .where(passes(filter))
    .limit(COUNTED + 1)

async function countCases(db: Db, filter: CaseFilter): Promise<number> {
  const some = countedCases(db, filter)
  const { total } = await db
    .selectFrom(some.as('some'))
    .select((eb) => eb.fn.countAll().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

function pageOf(found: Place[], after: Place | undefined, size: number, oldestFirst: boolean): Page<Place> {
  const all = found.sort((a, b) => (oldestFirst ? 1 : -1) * (key(a) < key(b) ? -1 : 1))
  const beyond = (place: Place) => (oldestFirst ? key(place) > key(after!) : key(place) < key(after!))
  const left = after ? all.filter(beyond) : all
  const rows = left.slice(0, size)
  return {
    rows,
    total: Math.min(all.length, COUNTED),
    more: all.length > COUNTED,
    next: left.length > size ? rows.at(-1) : undefined,
  }
}

/** Where a case stands; undefined where it does not pass. */
export const placeOf = (db: Db, id: string, filter: CaseFilter): Promise<Place | undefined> =>
  db
    .selectFrom('cases')
    .select(['cases.id', 'cases.received_on'])
    .where('cases.id', '=', id)
    .where(passes(filter))
    .executeTakeFirst()

/** `before` stands before each column. */
function passes(
  { archived, statuses, readerId, also = [], received = [], without }: CaseFilter,
  before: '' | '+' = '',
): RawBuilder<boolean> {
  const column = (name: string) => sql`${sql.raw(before)}${sql.ref(`cases.${name}`)}`
  const all = [sql`${column('archived')} = ${archived ? 1 : 0}`]
  if (statuses?.length === 1) all.push(sql`${column('status')} = ${statuses[0]}`)
  else if (statuses) all.push(sql`${column('status')} in (${sql.join(statuses)})`)
  if (readerId === null) all.push(sql`${column('reader_id')} is null`)
  else if (readerId !== undefined) {
    const own = sql`${column('reader_id')} = ${readerId}`
    all.push(also.length === 0 ? own : sql`(${own} or ${column('id')} in (${sql.join(also)}))`)
  }
  for (const day of received) {
    all.push(sql`${column('received_on')} >= ${day} and ${column('received_on')} < ${day + LAST}`)
  }
  if (without !== undefined) all.push(sql`${column('id')} <> ${without}`)
  return sql<boolean>`${sql.join(all, sql` and `)}`
}
