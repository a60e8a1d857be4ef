/** What is known of the differences of two methods on the same cases: how many, their sum and the sum of their squares. */
export interface DifferenceSums {
  cases: number
  sum: number
  squares: number
}

export interface BlandAltman {
  cases: number
  /** Mean difference, in the unit of the values. */
  bias: number
  /** Standard deviation of the differences, of n − 1. */
  sd: number
  /** bias ∓ 1.96 sd, between which 95 % of normal differences lie. */
  low: number
  high: number
}

const Z = 1.959964

/**
 * Limits of agreement of two methods. Source: Bland and Altman, Lancet 327 (1986) 307.
 *
 * @returns null with fewer than two cases, which have no spread
 */
export function blandAltman({ cases, sum, squares }: DifferenceSums): BlandAltman | null {
  if (cases < 2) return null
  const bias = sum / cases
  // What is left of a spread of zero after rounding may be below it.
  const sd = Math.sqrt(Math.max(0, (squares - cases * bias * bias) / (cases - 1)))
  return { cases, bias, sd, low: bias - Z * sd, high: bias + Z * sd }
}
