import { WINDOW_UM_PER_PIXEL as UM } from './cell-window.ts'
import { depth, type Mask } from './mask.ts'

/** A bridge is narrower than this share of the smaller of the two lobes that it joins. */
const BRIDGE = 0.6
/** µm; half the width of the smallest lobe. */
const LEAST_LOBE = 0.7

/**
 * How many lobes a nucleus has, 1 or more: the parts that erosion leaves, where a part counts once it has come apart
 * from the others and is still wide: what joined it was narrower than 0.6 of itself. The rule of the laboratory asks for
 * a thread, or a constriction to a third (Cornbleet, Clin Lab Med 2002;22:101); the blur of a microscope widens a
 * thread by about half a µm. Lobes that lie over each other count as one.
 */
export function nuclearLobes(nucleus: Mask): number {
  const { data, width } = nucleus
  const inside = depth(nucleus)
  const order = Array.from(inside.keys())
    .filter((i) => data[i])
    .sort((a, b) => inside[b]! - inside[a]!)
  const root = new Int32Array(data.length).fill(-1)
  const peak = new Float32Array(data.length)
  const find = (i: number): number => {
    while (root[i] !== i) i = root[i] = root[root[i]!]!
    return i
  }
  let lobes = 0
  // From the deepest pixel outwards: parts grow from their peaks, and where two meet is the bridge between them.
  for (const i of order) {
    root[i] = i
    peak[i] = inside[i]!
    for (const n of [i - 1, i + 1, i - width, i + width]) {
      if (n < 0 || n >= data.length || root[n] === -1) continue
      const [a, b] = [find(i), find(n)]
      if (a === b) continue
      const [low, high] = peak[a]! < peak[b]! ? [a, b] : [b, a]
      if (isLobe(peak[low]!, inside[i]!)) lobes++
      root[low] = high
    }
  }
  for (const i of order) if (root[i] === i && isLobe(peak[i]!, 0)) lobes++
  return Math.max(1, lobes)
}

function isLobe(halfWidth: number, bridge: number): boolean {
  return halfWidth * UM >= LEAST_LOBE && bridge <= BRIDGE * halfWidth
}
