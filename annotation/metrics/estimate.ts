import { bootstrap, type Interval, percentileInterval } from './bootstrap.ts'

/** A figure with its 95 % bootstrap interval. */
export interface Estimate extends Interval {
  value: number
}

/**
 * A figure over images with its interval.
 *
 * @returns null where the statistic is not defined on these images
 */
export function estimate<Unit>(
  images: readonly Unit[],
  statistic: (sample: readonly Unit[]) => number | null,
  resamples = 1000,
): Estimate | null {
  const value = statistic(images)
  const interval = value === null ? null : bootstrap(images, statistic, { resamples })
  return value === null || interval === null ? null : { value, ...interval }
}

/** A figure and what it is on resamples that several figures share; null where it is not defined. */
export function estimateOf(value: number | null, resampled: readonly (number | null)[]): Estimate | null {
  const interval = percentileInterval(resampled)
  return value === null || interval === null ? null : { value, ...interval }
}
