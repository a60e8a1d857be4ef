import type { Kysely } from 'kysely'
import {
  CELL_TYPES,
  type CellClass,
  DOUBTFUL_BELOW,
  type ReportedCount,
  reportedCount,
} from '../../cytology/index.ts'
import type { Database } from '../database/schema.ts'

export interface CellCounts {
  counts: Partial<Record<CellClass, number>>
  reviewed: number
  /** Not reviewed, and the model was not sure. */
  doubtful: number
}

/**
 * The cells of each case as they stand; a case without any is left out. Read from the cases' summaries, but for the cases
 * that changed after theirs, whose cells are counted: a change shows at once, and a page costs the same however large its
 * cases are.
 */
export async function cellCounts(
  db: Kysely<Database>,
  caseIds: readonly string[],
): Promise<Map<string, CellCounts>> {
  if (caseIds.length === 0) return new Map()
  // The marks come first: a summary that is read after them is at least as new as they are.
  const due = marksByCase(await dueAmong(db, caseIds).execute())
  const found = new Map<string, CellCounts>()
  const known = caseIds.filter((id) => !due.has(id))
  const summed = new Set<string>()
  for (const row of known.length > 0 ? await summariesOf(db, known).execute() : []) {
    summed.add(row.case_id)
    if (row.counted + row.counted_not_identifiable > 0) found.set(row.case_id, fromSummary(row))
  }
  const left: string[] = []
  for (const id of caseIds.filter((id) => !summed.has(id))) {
    const known = counted.get(id)
    if (known === undefined || known.marks !== due.get(id)) left.push(id)
    else if (known.counts) found.set(id, known.counts)
  }
  if (left.length === 0) return found
  const now = await countCells(db, left)
  for (const id of left) {
    const counts = now.get(id)
    if (counts) found.set(id, counts)
    const marks = due.get(id)
    if (marks !== undefined) remember(id, { marks, counts })
  }
  return found
}

/** Cases whose count is remembered. */
const REMEMBERED = 1000

/**
 * Counts of cases that changed after their summary, with the marks that these cases had before they were counted. Each change adds a mark
 * of its own, so the count holds for as long as the marks are the same.
 */
const counted = new Map<string, { marks: string; counts: CellCounts | undefined }>()

function remember(id: string, what: { marks: string; counts: CellCounts | undefined }): void {
  counted.delete(id)
  counted.set(id, what)
  if (counted.size > REMEMBERED) counted.delete(counted.keys().next().value!)
}

/** The ids of the marks of each case, as one text. */
function marksByCase(rows: readonly { id: string; case_id: string }[]): Map<string, string> {
  const marks = new Map<string, string>()
  for (const { id, case_id } of rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    marks.set(case_id, `${marks.get(case_id) ?? ''} ${id}`)
  }
  return marks
}

export const dueAmong = (db: Kysely<Database>, caseIds: readonly string[]) =>
  db.selectFrom('summaries_due').select(['id', 'case_id']).where('case_id', 'in', caseIds)

export const summariesOf = (db: Kysely<Database>, caseIds: readonly string[]) =>
  db
    .selectFrom('case_summaries')
    .select(['case_id', 'cells', 'reviewed', 'doubtful', 'counted', 'counted_list'])
    .select(['counted_not_identifiable', 'counted_from'])
    .where('case_id', 'in', caseIds)

type Row = Awaited<ReturnType<ReturnType<typeof summariesOf>['execute']>>[number]

function fromSummary(row: Row): CellCounts {
  const list = row.counted_list.split(',').map(Number)
  const counts: CellCounts['counts'] = Object.fromEntries(CELL_TYPES.map((type, i) => [type, list[i]!]))
  counts.not_identifiable = row.counted_not_identifiable
  const from = row.counted_from ?? (row.cells === 0 ? 'microscope' : 'images')
  const all = row.counted + row.counted_not_identifiable
  return { counts, reviewed: lookedAt(from, all, row.cells, row.reviewed), doubtful: row.doubtful }
}

/** Of the `all` cells of a count those that a person looked at: at the microscope that is each. `cells` are those in the images. */
function lookedAt(from: ReportedCount, all: number, cells: number, reviewed: number): number {
  if (from === 'microscope') return all
  return from === 'both' ? all - cells + reviewed : reviewed
}

/** The cells of some cases by type and state, counted on an index that holds all of it. */
export const selectCellCounts = (db: Kysely<Database>, caseIds: readonly string[]) =>
  db
    .selectFrom('cells')
    .select((eb) => [
      'case_id',
      'type',
      'reviewed',
      eb.fn.countAll().as('count'),
      eb.fn.sum(eb.case().when('probability', '<', DOUBTFUL_BELOW).then(1).else(0).end()).as('unsure'),
    ])
    .where('case_id', 'in', caseIds)
    .where('deleted', '=', 0)
    .groupBy(['case_id', 'type', 'reviewed'])

async function countCells(
  db: Kysely<Database>,
  caseIds: readonly string[],
): Promise<Map<string, CellCounts>> {
  const found = new Map<string, CellCounts>()
  for (const row of await selectCellCounts(db, caseIds).execute()) {
    const of = found.get(row.case_id) ?? { counts: {}, reviewed: 0, doubtful: 0 }
    of.counts[row.type] = (of.counts[row.type] ?? 0) + Number(row.count)
    if (row.reviewed) of.reviewed += Number(row.count)
    else of.doubtful += Number(row.unsure)
    found.set(row.case_id, of)
  }
  const manual = await db
    .selectFrom('manual_counts')
    .innerJoin('cases', 'cases.id', 'manual_counts.case_id')
    .select(['case_id', 'counts', 'reported_count'])
    .where('case_id', 'in', caseIds)
    .execute()
  for (const row of manual) {
    const images = found.get(row.case_id) ?? { counts: {}, reviewed: 0, doubtful: 0 }
    const microscope: CellCounts['counts'] = JSON.parse(row.counts)
    const { from, counts } = reportedCount(row.reported_count, { images: images.counts, microscope })
    const reviewed = lookedAt(from, totalOf(counts), totalOf(images.counts), images.reviewed)
    found.set(row.case_id, { counts, reviewed, doubtful: images.doubtful })
  }
  return found
}

const totalOf = (counts: CellCounts['counts']): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0)

/** The cells that each case has in its images, whatever was counted at the microscope. */
export async function foundCells(
  db: Kysely<Database>,
  caseIds: readonly string[],
): Promise<Map<string, number>> {
  if (caseIds.length === 0) return new Map()
  const rows = await selectCellCounts(db, caseIds).execute()
  const found = new Map<string, number>()
  for (const row of rows) found.set(row.case_id, (found.get(row.case_id) ?? 0) + Number(row.count))
  return found
}
