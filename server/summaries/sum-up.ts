import type { Kysely, Selectable } from 'kysely'
import { v7 as uuid } from 'uuid'
import {
  CELL_CLASSES,
  CELL_TYPES,
  type CellClass,
  type Counts,
  DOUBTFUL_BELOW,
  howConfirmed,
  reportedCount,
} from '../../cytology/index.ts'
import type { CaseCorrections, CaseNames, CaseSummaries, Cases, Database } from '../database/schema.ts'

const DAY = 86_400_000

export interface Sums {
  summaries: Selectable<CaseSummaries>[]
  corrections: Selectable<CaseCorrections>[]
  names: Selectable<CaseNames>[]
}

/** Counts cases from their cells. A few queries, however many cases there are; reads only. */
export async function sumUp(db: Kysely<Database>, caseIds: readonly string[], at: number): Promise<Sums> {
  const cases = await db.selectFrom('cases').selectAll().where('id', 'in', caseIds).execute()
  const cells = groupBy(await countsOf(db, caseIds))
  const manual = new Map((await manualOf(db, caseIds)).map((row) => [row.case_id, row.counts]))
  const signed = new Map((await signedOf(db, caseIds)).map((row) => [row.case_id, Number(row.at)]))
  // The newest comes last and stays.
  const models = new Map((await modelsOf(db, caseIds)).map((row) => [row.case_id, row.models]))
  const sums: Sums = { summaries: [], corrections: [], names: await namesOfCases(db, caseIds) }
  for (const caseRow of cases) {
    const rows = cells.get(caseRow.id) ?? []
    const signedAt = signed.get(caseRow.id) ?? null
    const { id: case_id, received_on, status, site, reader_id, synthetic, diagnosis } = caseRow
    sums.summaries.push({
      ...{ case_id, received_on, status, site, reader_id, synthetic, diagnosis },
      ...namesOf(models.get(caseRow.id)),
      signed_at: signedAt,
      turnaround: signedAt === null ? null : Math.max(0, signedAt - arrivalOf(caseRow)),
      ...countsByClass(rows, manual.get(caseRow.id), caseRow.reported_count),
      summed_at: at,
    })
    sums.corrections.push(...correctionsOf(caseRow, rows))
  }
  return sums
}

type Row = Awaited<ReturnType<typeof countsOf>>[number]

async function countsOf(db: Kysely<Database>, caseIds: readonly string[]) {
  const rows = await db
    .selectFrom('cells')
    .select(['case_id', 'type', 'suggested', 'origin', 'reviewed', 'confirmed', 'deleted'])
    .select((eb) => [
      eb.fn.countAll().as('count'),
      eb.fn.sum(eb.case().when('probability', '<', DOUBTFUL_BELOW).then(1).else(0).end()).as('improbable'),
    ])
    .where('case_id', 'in', caseIds)
    .groupBy(['case_id', 'type', 'suggested', 'origin', 'reviewed', 'confirmed', 'deleted'])
    .execute()
  return rows.map((row) => ({ ...row, count: Number(row.count), improbable: Number(row.improbable) }))
}

const manualOf = (db: Kysely<Database>, caseIds: readonly string[]) =>
  db.selectFrom('manual_counts').select(['case_id', 'counts']).where('case_id', 'in', caseIds).execute()

const signedOf = (db: Kysely<Database>, caseIds: readonly string[]) =>
  db
    .selectFrom('signatures')
    .select((eb) => ['case_id', eb.fn.min('at').as('at')])
    .where('case_id', 'in', caseIds)
    .where('kind', '=', 'signature')
    .groupBy('case_id')
    .execute()

const modelsOf = (db: Kysely<Database>, caseIds: readonly string[]) =>
  db
    .selectFrom('analyses')
    .select(['case_id', 'models'])
    .where('case_id', 'in', caseIds)
    .where('cells', '>', 0)
    .orderBy('id')
    .execute()

function groupBy(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>()
  for (const row of rows) {
    const of = found.get(row.case_id)
    if (of) of.push(row)
    else found.set(row.case_id, [row])
  }
  return found
}

/** Registered on the day it was received or the next, that moment; received long before, the beginning of that day. */
function arrivalOf({ received_on, created_at }: Selectable<Cases>): number {
  const day = Date.parse(received_on)
  return Number.isFinite(day) && created_at - day > 2 * DAY ? day : created_at
}

function namesOf(models: string | undefined): Pick<CaseSummaries, 'detector' | 'recogniser'> {
  const { detector, recogniser } = (models ? JSON.parse(models) : null) ?? {}
  const name = (model?: { name: string; version: string }) =>
    model ? `${model.name} ${model.version}`.slice(0, 190) : ''
  return { detector: name(detector), recogniser: name(recogniser) }
}

const singly = ({ reviewed, confirmed }: Row) => reviewed === 1 && confirmed === 'singly'

function countsByClass(rows: readonly Row[], manual: string | undefined, chosen: Cases['reported_count']) {
  const sum = (of: (row: Row) => boolean, n: (row: Row) => number = (row) => row.count) =>
    rows.reduce((total, row) => (of(row) ? total + n(row) : total), 0)
  const byClass = <What extends string>(what: What, count: (type: CellClass) => number) =>
    Object.fromEntries(CELL_CLASSES.map((type) => [`${what}_${type}`, count(type)])) as Record<
      `${What}_${CellClass}`,
      number
    >
  const there = (row: Row) => row.deleted === 0
  const how = howConfirmed(rows.filter(there))
  const images: Counts = Object.fromEntries(
    CELL_CLASSES.map((type) => [type, sum((row) => there(row) && row.type === type)]),
  )
  const { from, counts } = reportedCount(chosen, { images, microscope: manual ? JSON.parse(manual) : {} })
  const counted = (type: CellClass): number => counts[type] ?? 0
  const suggested = (type: CellClass) => sum((row) => row.origin === 'model' && row.suggested === type)
  const total = (of: (type: CellClass) => number) => CELL_TYPES.reduce((n, type) => n + of(type), 0)
  return {
    cells: sum(there),
    counted_from: from,
    reviewed: sum((row) => there(row) && row.reviewed === 1),
    corrected: sum((row) => there(row) && row.reviewed === 1 && row.type !== row.suggested),
    singly: how.singly,
    together: how.together,
    corrected_singly: sum((row) => there(row) && singly(row) && row.type !== row.suggested),
    doubtful: sum(
      (row) => there(row) && row.reviewed === 0,
      (row) => row.improbable,
    ),
    counted: total(counted),
    suggested: total(suggested),
    counted_list: CELL_TYPES.map(counted).join(),
    suggested_list: CELL_TYPES.map(suggested).join(),
    ...byClass('counted', counted),
    ...byClass('suggested', suggested),
    ...byClass('confirmed', (type) =>
      sum((row) => there(row) && row.reviewed === 1 && row.type === type && row.suggested === type),
    ),
    ...byClass('singly', (type) =>
      sum((row) => there(row) && singly(row) && row.type === type && row.suggested === type),
    ),
  }
}

/** The finer names and tags of the cases' cells; few cells of few cases have any. */
async function namesOfCases(db: Kysely<Database>, caseIds: readonly string[]) {
  const rows = await db
    .selectFrom('cells')
    .select((eb) => ['case_id', 'subtype', 'tags', eb.fn.countAll().as('count')])
    .where('case_id', 'in', caseIds)
    .where('deleted', '=', 0)
    .where((eb) => eb.or([eb('subtype', 'is not', null), eb('tags', 'is not', null)]))
    .groupBy(['case_id', 'subtype', 'tags'])
    .execute()
  const found = new Map<string, Selectable<CaseNames>>()
  for (const { case_id, subtype, tags, count } of rows) {
    for (const name of [...(subtype ? [subtype] : []), ...(tags ? (JSON.parse(tags) as string[]) : [])]) {
      const there = found.get(`${case_id} ${name}`)
      if (there) there.count += Number(count)
      else found.set(`${case_id} ${name}`, { id: uuid(), case_id, name, count: Number(count) })
    }
  }
  return [...found.values()]
}

function correctionsOf({ id, received_on, synthetic }: Selectable<Cases>, rows: readonly Row[]) {
  const counts = new Map<string, Selectable<CaseCorrections>>()
  for (const row of rows) {
    const { type, suggested, reviewed, deleted, count } = row
    if (deleted || !reviewed || type === suggested) continue
    const alone = singly(row) ? count : 0
    const key = `${suggested} ${type}`
    const there = counts.get(key)
    if (there) {
      there.count += count
      there.singly += alone
    } else {
      const of = { id: uuid(), case_id: id, synthetic, received_on }
      counts.set(key, { ...of, suggested, type, count, singly: alone })
    }
  }
  return counts.values()
}
