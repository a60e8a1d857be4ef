import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { agreement, type CellClass, type Pair } from '../../cytology/index.ts'
import { reading } from '../database/reads.ts'
import type { Database } from '../database/schema.ts'
import { chosenCases, type Scope } from './filter.ts'
import type { ReaderAgreement } from './schemas.ts'

type Known = { id: string; name: string } | null
interface Together {
  one: Known
  other: Known
  cases: number
  pairs: Named[]
}
/** `singly`: how many of them both readers confirmed one by one; readings that were finished before this was kept do not say. */
type Named = Pair<CellClass> & { singly?: number }

/** How far two readers agree, pair by pair and pooled, over finished second readings. κ does not ask who was first. */
async function readerAgreement(db: Kysely<Database>, scope: Scope): Promise<Static<typeof ReaderAgreement>> {
  const rows = await chosenCases(db, scope)
    .innerJoin('second_readings as reading', 'reading.case_id', 'case_summaries.case_id')
    .innerJoin('users as second', 'second.id', 'reading.reader_id')
    .leftJoin('users as first', 'first.id', 'case_summaries.reader_id')
    .select(['agreement', 'first.id as first_id', 'first.name as first_name'])
    .select(['second.id as second_id', 'second.name as second_name'])
    .where('reading.status', '=', 'finished')
    .execute()
  const found = new Map<string, Together>()
  for (const row of rows) {
    const first: Known = row.first_id === null ? null : { id: row.first_id, name: row.first_name! }
    const second: Known = { id: row.second_id, name: row.second_name }
    const turned = first !== null && first.id > second.id
    const [one, other] = turned ? [second, first] : [first, second]
    const key = `${one?.id} ${other?.id}`
    const together = found.get(key) ?? { one, other, cases: 0, pairs: [] }
    together.cases++
    for (const { first: a, second: b, ...counts } of JSON.parse(row.agreement ?? '{"pairs":[]}').pairs) {
      together.pairs.push(turned ? { first: b, second: a, ...counts } : { first: a, second: b, ...counts })
    }
    found.set(key, together)
  }
  const all = [...found.values()]
  return {
    cases: rows.length,
    pooled: bothKappas(all.flatMap(({ pairs }) => pairs)),
    readers: all
      .map(({ one, other, cases, pairs }) => ({ one, other: other!, cases, ...bothKappas(pairs) }))
      .sort((a, b) => b.cells - a.cells),
  }
}

/** Over all cells, and over those that both confirmed one by one. */
const bothKappas = (pairs: readonly Named[]) => ({
  ...agreement(merged(pairs)),
  singly: agreement(
    merged(pairs.flatMap(({ singly, ...names }) => (singly ? { ...names, count: singly } : []))),
  ),
})

/** Each pair of names once: `agreement` reads a pair's share of all from one entry. */
function merged(pairs: readonly Pair<CellClass>[]): Pair<CellClass>[] {
  const counts = new Map<string, Pair<CellClass>>()
  for (const { first, second, count } of pairs) {
    const key = `${first} ${second}`
    counts.set(key, { first, second, count: count + (counts.get(key)?.count ?? 0) })
  }
  return [...counts.values()]
}

export const READER_AGREEMENT = reading(import.meta.url, 'READER_AGREEMENT', readerAgreement)
