import { type Kysely, sql } from 'kysely'
import type { Static } from 'typebox'
import { type CellClass, differential } from '../../cytology/index.ts'
import type { Database } from '../database/schema.ts'
import { openReadingsOf } from '../readings/blind.ts'
import { caseAnswer, selectCases } from './case-row.ts'
import type { CaseList, CaseQuery } from './schemas.ts'

/** One page of the worklist, newest case first. Four queries, however many cases there are. */
export async function worklist(
  db: Kysely<Database>,
  { search = '', status, page = 1, pageSize = 50 }: Static<typeof CaseQuery>,
  userId: string,
): Promise<Static<typeof CaseList>> {
  const words = search.split(/\s+/).filter((word) => word !== '')
  let chosen = selectCases(db)
  if (status) chosen = chosen.where('specimens.status', '=', status)
  for (const word of words) {
    const pattern = `%${word.replace(/[!%_]/g, '!$&')}%`
    chosen = chosen.where(
      sql<boolean>`(specimens.marrow_number like ${pattern} escape '!' or patients.name like ${pattern} escape '!'
        or patients.hospital_number like ${pattern} escape '!')`,
    )
  }
  const { total } = await chosen
    .clearSelect()
    .select((eb) => eb.fn.countAll().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await chosen
    .orderBy('specimens.created_at', 'desc')
    .orderBy('specimens.id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  const ids = rows.map((row) => row.id)
  const fields = await countFields(db, ids)
  const cells = await countCells(db, ids)
  const blind = await openReadingsOf(db, userId)
  const items = rows.map((row) => {
    const { counts, reviewed } = cells.get(row.id) ?? { counts: {}, reviewed: 0 }
    return {
      ...caseAnswer(row),
      fields: fields.get(row.id) ?? 0,
      cells: Object.values(counts).reduce((sum, count) => sum + count, 0),
      // What the first reader found is not told to a second one who is to read blind.
      reviewed: blind.has(row.id) ? 0 : reviewed,
      blast: blind.has(row.id) ? null : blastShare(counts, row.counting_rule),
    }
  })
  return { items, total: Number(total) }
}

type Counts = Partial<Record<CellClass, number>>

/** The blasts' share as the counter shows it, so that both pages say the same. */
function blastShare(counts: Counts, rule: string) {
  const blast = differential(counts, rule).byType.blast
  if (!blast || blast.percent === null || blast.low === null || blast.high === null) return null
  return { percent: blast.percent, low: blast.low, high: blast.high }
}

async function countFields(db: Kysely<Database>, caseIds: string[]): Promise<Map<string, number>> {
  if (caseIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('fields')
    .select((eb) => ['specimen_id', eb.fn.countAll().as('count')])
    .where('specimen_id', 'in', caseIds)
    .groupBy('specimen_id')
    .execute()
  return new Map(rows.map((row) => [row.specimen_id, Number(row.count)]))
}

async function countCells(db: Kysely<Database>, caseIds: string[]) {
  const found = new Map<string, { counts: Counts; reviewed: number }>()
  if (caseIds.length === 0) return found
  const rows = await db
    .selectFrom('cells')
    .select((eb) => ['specimen_id', 'type', 'reviewed', eb.fn.countAll().as('count')])
    .where('specimen_id', 'in', caseIds)
    .where('deleted', '=', 0)
    .groupBy(['specimen_id', 'type', 'reviewed'])
    .execute()
  for (const { specimen_id, type, reviewed, count } of rows) {
    const of = found.get(specimen_id) ?? { counts: {}, reviewed: 0 }
    of.counts[type] = (of.counts[type] ?? 0) + Number(count)
    if (reviewed) of.reviewed += Number(count)
    found.set(specimen_id, of)
  }
  return found
}
