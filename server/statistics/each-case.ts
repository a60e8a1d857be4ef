import { setImmediate } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { CELL_TYPES } from '../../cytology/index.ts'
import type { Database } from '../database/schema.ts'
import { chosenCases, countedInImages, type Scope } from './filter.ts'

/** Cases that are gone through before others are answered in between. */
const TOGETHER = 20_000
const COMMA = 44

/** Cells of a case by type, in CELL_TYPES' order, and their sum. Filled anew for each case. */
export interface Counted {
  counts: Float64Array
  total: number
}

/**
 * Calls `visit` with the counts of every case that is asked for. Quartiles of twelve types take a database twelve sorts;
 * here it hands out one short text a case, some 30 bytes.
 */
export async function eachCase(
  db: Kysely<Database>,
  scope: Scope,
  { signedOnly = false },
  visit: (counted: Counted, suggested: Counted) => void,
): Promise<void> {
  const counted = { counts: new Float64Array(CELL_TYPES.length), total: 0 }
  const suggested = { counts: new Float64Array(CELL_TYPES.length), total: 0 }
  const rows = await chosenCases(db, scope)
    .select('counted_list')
    .$if(signedOnly, (cases) =>
      cases
        .select('suggested_list')
        .where('signed_at', 'is not', null)
        .where('cells', '>', 0)
        .where(countedInImages),
    )
    .execute()
  for (const [i, row] of rows.entries()) {
    if (i % TOGETHER === TOGETHER - 1) await setImmediate()
    fill(counted, row.counted_list)
    if (row.suggested_list !== undefined) fill(suggested, row.suggested_list)
    visit(counted, suggested)
  }
}

/** Digit by digit: a split and a Number for each would take ten times as long. */
function fill(into: Counted, list: string): void {
  into.total = 0
  let at = 0
  let value = 0
  for (let i = 0; i <= list.length; i++) {
    const code = i < list.length ? list.charCodeAt(i) : COMMA
    if (code !== COMMA) {
      value = value * 10 + code - 48
      continue
    }
    into.counts[at++] = value
    into.total += value
    value = 0
  }
}
