/** `count` of `total` in one week, say. */
export interface Subgroup {
  count: number
  total: number
}

export interface ControlPoint {
  /** 0..1; null where nothing was looked at. */
  share: number | null
  /** Control limits of this subgroup, 0..1; null where there are none. */
  low: number | null
  high: number | null
  signal: 'none' | 'beyond_limits' | 'run'
}

export interface Controlled {
  /** The share over all subgroups, 0..1; null where nothing was looked at. */
  centre: number | null
  /** How much more the subgroups vary than single, independent cells would; 1 where that says it all. */
  sigma: number | null
  points: ControlPoint[]
}

/** Fewer subgroups than this give no limits: they would be drawn from noise. */
const FEWEST_SUBGROUPS = 8
/** So many in a row on one side of the centre are a run (Nelson, J Qual Technol 16 (1984) 237, test 2). */
const RUN = 9
/** Mean moving range of two over the standard deviation, of normal values. */
const D2 = 1.128

/**
 * Laney's p′ chart of shares over time: the usual p chart's limits, centre ± 3 √(p(1 − p)/n), times how much more the
 * standardised shares vary from one subgroup to the next. Cells of one case are alike, and with some thousand cells a week
 * the plain limits would call every week a drift. Source: Laney, Quality Engineering 14 (2002) 531.
 *
 * A subgroup signals when it lies beyond its limits, or ends nine in a row on one side of the centre. Limits need eight
 * subgroups; empty ones are passed over.
 */
export function controlChart(subgroups: readonly Subgroup[]): Controlled {
  const filled = subgroups.filter(({ total }) => total > 0)
  const total = filled.reduce((sum, group) => sum + group.total, 0)
  const centre = total === 0 ? null : filled.reduce((sum, group) => sum + group.count, 0) / total
  const error = (group: Subgroup) => Math.sqrt((centre! * (1 - centre!)) / group.total)
  const enough = filled.length >= FEWEST_SUBGROUPS && centre !== null && centre > 0 && centre < 1
  // Never narrower than for independent cells: too little spread is no sign that limits could be tighter.
  const sigma = enough
    ? Math.max(1, spread(filled.map((g) => (g.count / g.total - centre) / error(g))))
    : null
  let side = 0
  let run = 0
  const points = subgroups.map((group): ControlPoint => {
    if (group.total === 0) return { share: null, low: null, high: null, signal: 'none' }
    const share = group.count / group.total
    if (centre === null || sigma === null) return { share, low: null, high: null, signal: 'none' }
    const now = Math.sign(share - centre)
    run = now !== 0 && now === side ? run + 1 : 1
    side = now
    const reach = 3 * sigma * error(group)
    const [low, high] = [Math.max(0, centre - reach), Math.min(1, centre + reach)]
    const beyond = share < low || share > high
    return { share, low, high, signal: beyond ? 'beyond_limits' : run >= RUN ? 'run' : 'none' }
  })
  return { centre, sigma, points }
}

/** The standard deviation of standardised values as their moving range shows it. */
function spread(values: readonly number[]): number {
  const ranges = values.slice(1).map((value, i) => Math.abs(value - values[i]!))
  return ranges.reduce((sum, range) => sum + range, 0) / ranges.length / D2
}
