const BINS = 128

/** The threshold that parts values into two groups with the least variance inside them (Otsu, IEEE Trans SMC 1979;9:62). */
export function otsu(values: ArrayLike<number>): number {
  let [least, most] = [Infinity, -Infinity]
  for (let i = 0; i < values.length; i++) {
    least = Math.min(least, values[i]!)
    most = Math.max(most, values[i]!)
  }
  if (!(most > least)) return most
  const step = (most - least) / BINS
  const histogram = new Uint32Array(BINS)
  let total = 0
  for (let i = 0; i < values.length; i++) {
    const bin = Math.min(BINS - 1, Math.floor((values[i]! - least) / step))
    histogram[bin]!++
    total += bin
  }
  let [below, sumBelow, best, level] = [0, 0, -1, 0]
  for (let bin = 0; bin < BINS - 1; bin++) {
    below += histogram[bin]!
    sumBelow += bin * histogram[bin]!
    const above = values.length - below
    if (below === 0 || above === 0) continue
    const apart = below * above * (sumBelow / below - (total - sumBelow) / above) ** 2
    if (apart > best) [best, level] = [apart, bin]
  }
  return least + (level + 1) * step
}
