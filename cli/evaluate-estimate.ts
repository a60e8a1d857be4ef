import { bootstrap } from '../annotation/index.ts'
import type { Estimate } from './report/report.ts'

/**
 * A figure over images with its 95 % bootstrap interval.
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
