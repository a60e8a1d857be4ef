export interface BootstrapOptions {
  resamples?: number
  /** The same seed gives the same interval. */
  seed?: number
  /** Share of the resamples that the interval holds, 0..1. */
  level?: number
}

export interface Interval {
  low: number
  high: number
}

/**
 * Percentile bootstrap interval of a statistic (Efron & Tibshirani, An Introduction to the Bootstrap, ch. 13): the units are
 * drawn with replacement, as many as there are. Give images (or patients) as units, not cells: cells of one image are alike.
 *
 * @param statistic null where it is not defined on a resample; such resamples are left out
 * @returns null where it is defined on none
 */
export function bootstrap<Unit>(
  units: readonly Unit[],
  statistic: (sample: Unit[]) => number | null,
  { resamples = 1000, seed = 1, level = 0.95 }: BootstrapOptions = {},
): Interval | null {
  const random = mulberry32(seed)
  const values: (number | null)[] = []
  for (let i = 0; i < resamples; i++) {
    values.push(statistic(drawn(units.length, random).map((place) => units[place]!)))
  }
  return percentileInterval(values, level)
}

/** The places of the units in each resample that `bootstrap` draws, so that several statistics can share the resamples. */
export function resampledPlaces(
  count: number,
  { resamples = 1000, seed = 1 }: Omit<BootstrapOptions, 'level'> = {},
): number[][] {
  const random = mulberry32(seed)
  return Array.from({ length: resamples }, () => drawn(count, random))
}

/** The interval of a statistic's values on resamples; null where it is defined (not null) on none. */
export function percentileInterval(values: readonly (number | null)[], level = 0.95): Interval | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b)
  if (sorted.length === 0) return null
  const tail = (1 - level) / 2
  return { low: quantile(sorted, tail), high: quantile(sorted, 1 - tail) }
}

/** The elements in a random order (Fisher-Yates); the same seed gives the same. */
export function shuffled<Element>(elements: readonly Element[], seed: number): Element[] {
  const [out, random] = [[...elements], mulberry32(seed)]
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[out[i], out[j]] = [out[j]!, out[i]!]
  }
  return out
}

function drawn(count: number, random: () => number): number[] {
  return Array.from({ length: count }, () => Math.floor(random() * count))
}

/** Linear interpolation between the neighbours, as numpy.quantile does. */
function quantile(sorted: readonly number[], q: number): number {
  const at = q * (sorted.length - 1)
  const below = Math.floor(at)
  const [a, b] = [sorted[below]!, sorted[Math.ceil(at)]!]
  return a + (b - a) * (at - below)
}

/** Tommy Ettinger's mulberry32: 32 bits of state, uniform in 0..1. */
function mulberry32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
