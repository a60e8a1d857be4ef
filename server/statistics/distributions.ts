import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { againstReference, CELL_TYPES } from '../../cytology/index.ts'
import { reading } from '../database/reads.ts'
import type { Database } from '../database/schema.ts'
import { siteReferenceTable } from '../reports/reference-tables.ts'
import { eachCase } from './each-case.ts'
import type { Scope } from './filter.ts'
import { quartilesOf } from './quantiles.ts'
import type { Distributions } from './schemas.ts'

/** Percentages are sorted into a hundredth of one percent. */
const FINE = 100

/**
 * What was counted: each type's share of all cells, its quartiles across cases, and how many cases lie outside the
 * reference range. Percentages are of all nucleated cells, whatever rule a case is counted by.
 */
async function distributions(db: Kysely<Database>, scope: Scope): Promise<Static<typeof Distributions>> {
  const types = CELL_TYPES.map((type) => ({
    type,
    cells: 0,
    below: 0,
    above: 0,
    histogram: new Int32Array(100 * FINE + 1),
  }))
  // Those that the counter and the reports show now, whatever a case was signed with.
  const table = await siteReferenceTable(db)
  let cases = 0
  let cells = 0
  await eachCase(db, scope, {}, ({ counts, total }) => {
    if (total === 0) return
    cases++
    cells += total
    for (const [i, of] of types.entries()) {
      const percent = (100 * counts[i]!) / total
      of.cells += counts[i]!
      of.histogram[Math.round(percent * FINE)]!++
      const side = againstReference(table, of.type, percent)
      if (side === 'below') of.below++
      if (side === 'above') of.above++
    }
  })
  return {
    cases,
    cells,
    ranges: table.name,
    types: types.map(({ type, cells: n, below, above, histogram }) => ({
      type,
      cells: n,
      percent: cells === 0 ? null : (100 * n) / cells,
      ...quartilesOf([...histogram].map((count, value) => ({ value: value / FINE, count }))),
      range: table.ranges[type]?.text ?? null,
      below,
      above,
    })),
  }
}

export const DISTRIBUTIONS = reading(import.meta.url, 'DISTRIBUTIONS', distributions)
