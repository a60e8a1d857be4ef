import { CELL_CLASSES, type CellClass, type CellType, isCellClass } from './cell-types.ts'
import { type CountingRule, countingRule, DEFAULT_COUNTING_RULE } from './counting-rules.ts'
import { MarrowscopeError } from './errors.ts'
import { clopperPearson } from './intervals.ts'
import type { MeRule } from './me-rules.ts'

/** Cells by class; a class that is missing has none. */
export type Counts = Readonly<Partial<Record<CellClass, number>>>

/** One type's share. `percent`, `low` and `high` are 0…100, and null while nothing is counted. */
export interface TypeShare {
  count: number
  percent: number | null
  /** Ends of the exact 95 % interval of `percent`. */
  low: number | null
  high: number | null
}

/** `numerator` and `denominator` are numbers of cells; `value` is null, not computable, without a cell below the line. */
export interface MeRatio {
  rule: string
  numerator: number
  denominator: number
  value: number | null
}

/** A differential count: `rule` is the counting rule's id, `byType` holds the types that it counts, in their order. */
export interface Differential {
  rule: string
  counted: number
  notCounted: number
  byType: Partial<Record<CellType, TypeShare>>
  meRatio: MeRatio
}

/**
 * The differential count of some cells under a counting rule, given by id or as a site's own.
 *
 * Cells of classes outside the rule's denominator go to `notCounted`; nothing is rounded.
 * Throws COUNT_NOT_VALID and COUNTING_RULE_UNKNOWN.
 */
export function differential(
  counts: Counts,
  rule: string | CountingRule = DEFAULT_COUNTING_RULE,
): Differential {
  checkCounts(counts)
  const { id, denominator, meRule } = typeof rule === 'string' ? countingRule(rule) : rule
  const counted = total(counts, denominator)
  return {
    rule: id,
    counted,
    notCounted: total(counts, CELL_CLASSES) - counted,
    byType: Object.fromEntries(denominator.map((type) => [type, share(counts[type] ?? 0, counted)])),
    meRatio: meRatio(counts, meRule),
  }
}

/** The myeloid : erythroid ratio of some cells under one rule. Throws COUNT_NOT_VALID. */
export function meRatio(counts: Counts, rule: MeRule): MeRatio {
  checkCounts(counts)
  const numerator = total(counts, rule.numerator)
  const denominator = total(counts, rule.denominator)
  return { rule: rule.id, numerator, denominator, value: denominator === 0 ? null : numerator / denominator }
}

function share(count: number, counted: number): TypeShare {
  const interval = clopperPearson(count, counted)
  if (!interval) return { count, percent: null, low: null, high: null }
  return { count, percent: (100 * count) / counted, low: 100 * interval.low, high: 100 * interval.high }
}

function total(counts: Counts, classes: readonly CellClass[]): number {
  return classes.reduce((sum, id) => sum + (counts[id] ?? 0), 0)
}

function checkCounts(counts: Counts): void {
  for (const [id, count] of Object.entries(counts)) {
    if (!isCellClass(id)) {
      throw new MarrowscopeError(
        'COUNT_NOT_VALID',
        `'${id}' is no cell class: use the ids of the cell types.`,
      )
    }
    if (!Number.isSafeInteger(count) || count < 0) {
      throw new MarrowscopeError(
        'COUNT_NOT_VALID',
        `Give a whole number of cells, 0 or more, for ${id}; got ${count}.`,
      )
    }
  }
}
