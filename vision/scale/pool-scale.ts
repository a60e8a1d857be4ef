import { DEFAULT_UM_PER_PIXEL, type ScaleEstimate } from './estimate-scale.ts'

/** Below this spread nearly every scale is right within 10 %. */
const SURE_BELOW = 0.06
/** Of one slide: what its fields have in common, such as the size of this patient's red cells, no number of fields tells. */
const SHARED_SPREAD = 0.04

/**
 * The one scale of all fields of a slide: the median on a logarithmic scale, each field weighted by the square of
 * 1 / spread, so that one field that is off by a factor does not move it. No fields: DEFAULT_UM_PER_PIXEL, unsure.
 */
export function poolScale(fields: readonly ScaleEstimate[]): ScaleEstimate {
  if (fields.length === 0) return { umPerPixel: DEFAULT_UM_PER_PIXEL, spread: 1, sure: false, redCells: 0 }
  const sorted = fields.toSorted((a, b) => a.umPerPixel - b.umPerPixel)
  const weights = sorted.map(({ spread }) => 1 / spread ** 2)
  const total = weights.reduce((sum, weight) => sum + weight)
  let below = 0
  const middle = sorted[weights.findIndex((weight) => (below += weight) >= total / 2)]!
  const spread = Math.max(SHARED_SPREAD, Math.sqrt(1 / total))
  const redCells = fields.reduce((sum, field) => sum + field.redCells, 0)
  return { umPerPixel: middle.umPerPixel, spread, sure: spread < SURE_BELOW, redCells }
}
