/** When a value that lies outside its reference range is marked: a few cells say too little for a mark. */
import type { MeRatio } from './differential.ts'
import { clopperPearson } from './intervals.ts'
import { againstReference, type Measure, type ReferenceTable } from './reference-ranges.ts'

/**
 * 'uncertain': the value lies outside, but its interval reaches into the range and fewer cells were counted than the site
 * asks for. 'unknown': the table gives no limits, or there is no value.
 */
export type Mark = 'below' | 'within' | 'above' | 'uncertain' | 'unknown'

/**
 * Counted cells from which on a value outside is marked whatever its interval. 200 is the smallest count that laboratories
 * call a differential of the marrow (Chinese practice 200–500, WHO 500), and ranges were set on counts of that kind.
 */
export const USUAL_MARKS_FROM = 200

/** A value with the ends of its exact 95 % interval, all in the unit of its range. */
export interface Estimate {
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
}

/** The mark of a value of `counted` cells; `marksFrom` 0 marks every value that lies outside. */
export function markOf(
  table: ReferenceTable,
  measure: Measure,
  { value, low, high }: Estimate,
  counted: number,
  marksFrom: number,
): Mark {
  const mark = againstReference(table, measure, value)
  if (mark !== 'above' && mark !== 'below') return mark
  const nearest = mark === 'above' ? low : high
  const isOutside = againstReference(table, measure, nearest) === mark
  return isOutside || counted >= marksFrom ? mark : 'uncertain'
}

/**
 * A ratio of two numbers of cells with its exact 95 % interval: that of the numerator's share p of both, turned into
 * p / (1 − p). No cell is on both sides. `high` is null, no end, while nothing is below the line.
 */
export function ratioEstimate({ numerator, denominator, value }: MeRatio): Estimate {
  const share = clopperPearson(numerator, numerator + denominator)
  if (!share || value === null) return { value, low: null, high: null }
  return { value, low: share.low / (1 - share.low), high: share.high / (1 - share.high) }
}
