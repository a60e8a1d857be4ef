import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { type CountingRule, clopperPearson } from '../../cytology/index.ts'
import { rulesOf } from '../counting-rules/rule-of-case.ts'
import { reading } from '../database/reads.ts'
import type { Database } from '../database/schema.ts'
import { caseOfLabel } from '../identities/case-label.ts'
import { openReadingsOf } from '../readings/blind.ts'
import { searchWords } from '../search/words.ts'
import { byNumber } from './by-number.ts'
import { blindly, type CaseRow, caseRecord, selectCases } from './case-row.ts'
import { type CellCounts, cellCounts, foundCells } from './cell-counts.ts'
import {
  type CaseFilter,
  COUNTED,
  findCases,
  listCases,
  type Page,
  type Place,
  placeOf,
} from './list-cases.ts'
import type { CaseList, CaseQuery, CaseSummary } from './schemas.ts'

type Summary = Static<typeof CaseSummary>

const NOTHING: Page<Place> = { rows: [], total: 0, more: false, next: undefined }

/** One page of the worklist. What it costs depends on the page, not on how many cases there are. */
async function worklist(
  db: Kysely<Database>,
  query: Static<typeof CaseQuery>,
  userId: string,
  identities: boolean,
): Promise<Static<typeof CaseList>> {
  const { rows, total, more, next } = await pageOf(db, query, userId, identities)
  const items = await summaries(db, rows, userId)
  return { items, total, more, next: next ? `${next.received_on}~${next.id}` : null }
}

export const WORKLIST = reading(import.meta.url, 'WORKLIST', worklist)

/** All cases of a patient, the newest first. */
export async function casesOfPatient(
  db: Kysely<Database>,
  patientId: string,
  userId: string,
): Promise<Summary[]> {
  const rows = await db
    .selectFrom('cases')
    .select(['id', 'received_on'])
    .where('patient_id', '=', patientId)
    .orderBy('received_on', 'desc')
    .orderBy('id', 'desc')
    .execute()
  return summaries(db, rows, userId)
}

async function summaries(
  db: Kysely<Database>,
  rows: readonly { id: string }[],
  userId: string,
): Promise<Summary[]> {
  const ids = rows.map((row) => row.id)
  const [cases, fields, cells] = await Promise.all([
    readCases(db, ids),
    countFields(db, ids),
    cellCounts(db, ids),
  ])
  const readings = await openReadingsOf(db, userId)
  const blind = await foundCells(
    db,
    ids.filter((id) => readings.has(id)),
  )
  const ruleOf = await rulesOf(db)
  return cases.map((row) => {
    const { counts, reviewed, doubtful } = cells.get(row.id) ?? { counts: {}, reviewed: 0, doubtful: 0 }
    const record = { ...caseRecord(row), fields: fields.get(row.id) ?? 0 }
    // What the first reader found or counted is not told to a second one who is to read blind.
    if (readings.has(row.id)) {
      return { ...blindly(record), cells: blind.get(row.id) ?? 0, reviewed: 0, doubtful: 0, blast: null }
    }
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
    return { ...record, cells: all, reviewed, doubtful, blast: blastShare(counts, ruleOf(row)) }
  })
}

async function pageOf(
  db: Kysely<Database>,
  { search = '', status, reader, archived = false, order, after, pageSize = 50 }: Static<typeof CaseQuery>,
  userId: string,
  identities: boolean,
): Promise<Page<Place>> {
  const { words, dates, statuses, nothing } = searchWords(search)
  if (nothing) return NOTHING
  const asked = status ? [status] : undefined
  const typed = statuses.length > 0 ? [...new Set(statuses)] : undefined
  const wanted = asked && typed ? asked.filter((one) => typed.includes(one)) : (asked ?? typed)
  if (wanted?.length === 0) return NOTHING
  const also = reader === 'me' ? [...(await openReadingsOf(db, userId)).keys()] : []
  const filter: CaseFilter = {
    archived,
    oldestFirst: order === 'oldest',
    ...(wanted && { statuses: wanted }),
    also,
    ...(reader && { readerId: reader === 'me' ? userId : reader === 'none' ? null : reader }),
  }
  // Who may not know who a patient is finds a case by what it is called there, and nothing by a name or a number.
  if (!identities && words.length > 0) {
    const place = await withLabel(db, search, filter)
    return place ? { rows: [place], total: 1, more: false, next: undefined } : NOTHING
  }
  const numbered = identities && dates.length > 0 ? await withNumber(db, search, filter) : undefined
  if (dates.length > 0) filter.received = dates
  if (numbered) filter.without = numbered.id
  const [received_on, id] = after?.split('~') ?? []
  const place = received_on && id ? { received_on, id } : undefined
  const page =
    words.length === 0
      ? await listCases(db, filter, place, pageSize)
      : await findCases(db, words, filter, place, pageSize)
  return numbered ? comesFirst(numbered, page, place === undefined) : page
}

async function withLabel(
  db: Kysely<Database>,
  search: string,
  filter: CaseFilter,
): Promise<Place | undefined> {
  const id = await caseOfLabel(db, search)
  return id ? placeOf(db, id, filter) : undefined
}

/** 2026-12 may be a month and a marrow number: the case of that number, if it passes the filter. */
async function withNumber(
  db: Kysely<Database>,
  search: string,
  filter: CaseFilter,
): Promise<Place | undefined> {
  const { caseId } = await byNumber(db, search)
  return caseId ? placeOf(db, caseId, filter) : undefined
}

/** A list that does not have the case, with it before all others. */
function comesFirst(place: Place, page: Page<Place>, isFirst: boolean): Page<Place> {
  const total = page.total + 1
  return {
    ...page,
    rows: isFirst ? [place, ...page.rows] : page.rows,
    total: Math.min(total, COUNTED),
    more: page.more || total > COUNTED,
  }
}

/** The cases in the order of `ids`. */
async function readCases(db: Kysely<Database>, ids: readonly string[]): Promise<CaseRow[]> {
  if (ids.length === 0) return []
  const rows = await selectCases(db).where('cases.id', 'in', ids).execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Shares that are kept: the intervals of a page take longer than its queries, and hardly change from page to page. */
const SHARES = 10_000
const shares = new Map<string, Summary['blast']>()

/** The blasts' share as the counter shows it, so that both pages say the same. */
function blastShare(counts: CellCounts['counts'], { denominator }: CountingRule) {
  // The whole differential would take an interval of each type, for every row of the page.
  const counted = denominator.reduce((sum, type) => sum + (counts[type] ?? 0), 0)
  const blasts = denominator.includes('blast') ? (counts.blast ?? 0) : 0
  const key = `${blasts} of ${counted}`
  const known = shares.get(key)
  if (known !== undefined) return known
  const interval = clopperPearson(blasts, counted)
  const share = interval && {
    percent: (100 * blasts) / counted,
    low: 100 * interval.low,
    high: 100 * interval.high,
  }
  if (shares.size >= SHARES) shares.clear()
  shares.set(key, share)
  return share
}

async function countFields(db: Kysely<Database>, caseIds: string[]): Promise<Map<string, number>> {
  if (caseIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('fields')
    .select((eb) => ['case_id', eb.fn.countAll().as('count')])
    .where('case_id', 'in', caseIds)
    .groupBy('case_id')
    .execute()
  return new Map(rows.map((row) => [row.case_id, Number(row.count)]))
}
