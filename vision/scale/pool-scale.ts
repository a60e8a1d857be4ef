import { BETWEEN_SLIDES, NOTHING_SEEN, type ScaleEstimate, SURE_BELOW } from './estimate-scale.ts'

/** No field is believed to be nearer than so to what the others of its slide show (logarithm). */
const LEAST_OWN = 0.02
/** How far fields of one slide err alike, beyond the size of its red cells: correlation of their errors. */
const ALIKE = 0.1
/** A field that differs by more is counted as if by so much (logarithm). */
const FAR = 0.3

/**
 * One scale for the fields of a slide, taken with one objective and camera: the median of their logarithms, so that a few
 * fields that are off by a factor do not move it. Fields weigh by how near to the slide's scale they are believed to be;
 * those in which nothing was seen say nothing. The spread keeps what no number of fields lessens, the size of this
 * patient's red cells, and grows where the fields differ more than theirs let expect. Without fields: NOTHING_SEEN.
 */
export function poolScale(fields: readonly ScaleEstimate[]): ScaleEstimate {
  const seen = fields.filter(({ spread }) => spread < NOTHING_SEEN.spread)
  if (seen.length === 0) return NOTHING_SEEN
  const weights = seen.map(({ spread }) => 1 / Math.max(spread ** 2 - BETWEEN_SLIDES ** 2, LEAST_OWN ** 2))
  const scales = seen.map(({ umPerPixel }) => Math.log(umPerPixel))
  const scale = weightedMedian(scales, weights)
  const total = sum(weights)
  const away = sum(scales.map((one, i) => weights[i]! * Math.min(Math.abs(one - scale), FAR))) / total
  // So many fields of equal weight would say as much.
  const count = total ** 2 / sum(weights.map((weight) => weight ** 2))
  // Variance of one field about the slide's scale, as believed or as seen; normal deviations have a mean of √(2/π).
  const ofOne = Math.max(count / total, (Math.PI / 2) * away ** 2)
  const spread = Math.min(
    NOTHING_SEEN.spread,
    Math.sqrt(BETWEEN_SLIDES ** 2 + ofOne * (ALIKE + (1 - ALIKE) / count)),
  )
  const redCells = sum(fields.map((field) => field.redCells))
  return { umPerPixel: Math.exp(scale), spread, sure: spread < SURE_BELOW, redCells }
}

/** The least value that with all below it has half of the weight. */
function weightedMedian(values: readonly number[], weights: readonly number[]): number {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!)
  const half = sum(weights) / 2
  let below = 0
  for (const i of order) {
    below += weights[i]!
    if (below >= half) return values[i]!
  }
  return values[order.at(-1)!]!
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
