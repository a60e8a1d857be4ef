export type Place = { x: number; y: number }

/** Ends closer than this, in pixels, tell nothing. */
const SHORTEST = 10

/**
 * µm per pixel of the original from a known length in µm and its two ends in a copy that is `reduced` times smaller. Null while an end is
 * missing, for ends that are too close, and where the result is none that a smear can have (0.01..5).
 */
export function measuredScale(ends: readonly Place[], micrometres: number, reduced: number): number | null {
  const [a, b] = ends
  if (!a || !b || !(micrometres > 0)) return null
  const pixels = Math.hypot(a.x - b.x, a.y - b.y)
  if (pixels < SHORTEST) return null
  const umPerPixel = Number((micrometres / (pixels * reduced)).toPrecision(4))
  return umPerPixel >= 0.01 && umPerPixel <= 5 ? umPerPixel : null
}
