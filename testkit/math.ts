/**
 * The few functions that drawing needs, from + - * / and sqrt alone. The language leaves the last digits of sin, exp and
 * log to the machine; these give the same bits everywhere, so a seed gives the same picture everywhere.
 */

const HALF_PI = 1.5707963267948966

export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : Math.min(value, high)
}

export function lerp(a: number, b: number, t: number): number {
  return a + (b - a) * t
}

/** 0 below `low`, 1 above `high`, smooth between. */
export function smoothstep(low: number, high: number, value: number): number {
  const t = clamp((value - low) / (high - low), 0, 1)
  return t * t * (3 - 2 * t)
}

/** Sine of an angle in turns (1 = a full circle). Taylor series on a quarter turn, error below 1e-7. */
export function sinTurn(turns: number): number {
  const t = turns - Math.floor(turns)
  const quarter = t < 0.25 ? t : t < 0.75 ? 0.5 - t : t - 1
  const x = quarter * 4 * HALF_PI
  const s = x * x
  return x * (1 - (s / 6) * (1 - (s / 20) * (1 - (s / 42) * (1 - (s / 72) * (1 - s / 110)))))
}

/** Cosine of an angle in turns. */
export function cosTurn(turns: number): number {
  return sinTurn(turns + 0.25)
}

/** Natural logarithm of x in (0, 1]: halve out of the way, then the series of artanh. */
export function ln(x: number): number {
  let halvings = 0
  let m = x
  while (m < 0.75) {
    m *= 2
    halvings++
  }
  const u = (m - 1) / (m + 1)
  const s = u * u
  return 2 * u * (1 + s * (1 / 3 + s * (1 / 5 + s * (1 / 7 + s / 9)))) - halvings * Math.LN2
}

const STEPS_PER_UNIT = 256
const LARGEST = 10
const fallOff = buildFallOff()

function buildFallOff(): Float64Array {
  const table = new Float64Array(LARGEST * STEPS_PER_UNIT + 2)
  const stepRatio = 0.9961013694701175 // e^(-1/256)
  let value = 1
  for (let i = 0; i < table.length; i++) {
    table[i] = value
    value *= stepRatio
  }
  return table
}

/** e^(-x) for x >= 0 (0 below e^-10), by a table: how much light a layer of optical density x lets through. */
export function transmission(x: number): number {
  if (x <= 0) return 1
  if (x >= LARGEST) return 0
  const at = x * STEPS_PER_UNIT
  const i = at | 0
  const low = fallOff[i]!
  return low + (fallOff[i + 1]! - low) * (at - i)
}
