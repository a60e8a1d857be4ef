/** Values in order, each with how often it occurs. */
export type Histogram = readonly { value: number; count: number }[]

/** Median and quartiles; null where nothing was counted. */
export interface Quartiles {
  median: number | null
  q1: number | null
  q3: number | null
}

/** Linear interpolation between neighbours, as numpy.quantile does, without laying the values out one by one. */
export function quartilesOf(histogram: Histogram): Quartiles {
  const sorted = [...histogram].sort((a, b) => a.value - b.value)
  const total = sorted.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return { median: null, q1: null, q3: null }
  const nth = (n: number) => {
    let left = n
    for (const { value, count } of sorted) {
      if (left < count) return value
      left -= count
    }
    return sorted.at(-1)!.value
  }
  const at = (share: number) => {
    const place = share * (total - 1)
    const [below, above] = [nth(Math.floor(place)), nth(Math.ceil(place))]
    return below + (above - below) * (place - Math.floor(place))
  }
  return { median: at(0.5), q1: at(0.25), q3: at(0.75) }
}
