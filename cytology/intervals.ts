import { MarrowscopeError } from './errors.ts'

/** A proportion's interval, 0 ≤ low ≤ high ≤ 1. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** Halvings that bring a bracket below the resolution of a double. */
const HALVINGS = 60

/**
 * The exact (Clopper-Pearson) interval of a proportion: `count` of `total` cells, both whole numbers with
 * 0 ≤ count ≤ total; null when nothing was counted. `confidence` lies between 0 and 1.
 *
 * It is the set of proportions that neither tail of the binomial rejects at (1 − confidence) / 2, so it covers the
 * true one at least as often as it claims. Source: Clopper and Pearson, Biometrika 26 (1934) 404.
 * Throws COUNT_NOT_VALID.
 */
export function clopperPearson(count: number, total: number, confidence = 0.95): Interval | null {
  if (!Number.isSafeInteger(total) || !Number.isSafeInteger(count) || count < 0 || count > total) {
    throw new MarrowscopeError(
      'COUNT_NOT_VALID',
      `Give whole numbers with 0 ≤ count ≤ total; got ${count} of ${total}.`,
    )
  }
  if (total === 0) return null
  const tail = (1 - confidence) / 2
  return { low: lowerBound(count, total, tail), high: 1 - lowerBound(total - count, total, tail) }
}

/** The proportion p at which `count` or more of `total` is as rare as `tail`; 0 for no cell at all. */
function lowerBound(count: number, total: number, tail: number): number {
  if (count === 0) return 0
  const logWays = logChoose(total, count)
  let low = 0
  let high = count / total
  for (let i = 0; i < HALVINGS; i++) {
    const p = (low + high) / 2
    if (upperTail(count, total, p, logWays) < tail) low = p
    else high = p
  }
  return low
}

/** P(X ≥ count), X binomial(total, p), 0 < p < 1: positive terms, each from the one before, until they no longer add. */
function upperTail(count: number, total: number, p: number, logWays: number): number {
  const odds = p / (1 - p)
  let term = Math.exp(logWays + count * Math.log(p) + (total - count) * Math.log1p(-p))
  let sum = term
  for (let k = count; k < total && term > sum * Number.EPSILON; k++) {
    term *= ((total - k) / (k + 1)) * odds
    sum += term
  }
  return sum
}

/** ln of the binomial coefficient, n over k. */
function logChoose(n: number, k: number): number {
  let sum = 0
  for (let i = 1; i <= Math.min(k, n - k); i++) sum += Math.log((n - i + 1) / i)
  return sum
}
