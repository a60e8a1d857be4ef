import { gaussian } from '../plane.ts'
import { type CellWindow, WINDOW_UM_PER_PIXEL as UM } from './cell-window.ts'
import { depth, type Mask } from './mask.ts'
import { otsu } from './otsu.ts'

const ANGLES = 96
/** Radius steps a working pixel: the outline is finer than the pixels. */
const FINE = 2
/** Outline may change its radius by so many steps from one angle to the next, each step costing so much. */
const REACH = 3
const COST = 0.12
/** µm that a cell may stand out over its box. */
const SLACK = 0.6

/**
 * The cell around a nucleus by a closed shortest path: every pixel votes for the cell (nucleus, cytoplasm) or against
 * it (background, red cells, another nucleus, beyond the box), and in polar coordinates around the box's centre the
 * outline is the closed path that encloses most votes and changes its radius slowly. Being star-shaped it parts touching
 * cells, which colour alone cannot. As `training/marrowscope_training/data/segment.py`, with the box known.
 */
export function outlineCell(window: CellWindow, nucleus: Mask, purple: Mask): Mask {
  const { width, height, box } = window
  const [cx, cy] = [box[0] + box[2] / 2, box[1] + box[3] / 2]
  const vote = votes(window, nucleus, purple)
  const bins = Math.ceil((Math.hypot(box[2], box[3]) / 2 + (2 * SLACK) / UM) * FINE)
  const gain = Array.from({ length: ANGLES }, (_, a) => {
    const turn = (a * 2 * Math.PI) / ANGLES
    const [ux, uy] = [Math.cos(turn) / FINE, Math.sin(turn) / FINE]
    const sums = new Float32Array(bins)
    let sum = 0
    for (let r = 0; r < bins; r++) {
      const x = Math.floor(cx + (r + 0.5) * ux)
      const y = Math.floor(cy + (r + 0.5) * uy)
      const inside = x >= 0 && y >= 0 && x < width && y < height
      // The area that a step stands for grows with the radius.
      sum += ((inside ? vote[y * width + x]! : -2) * (r + 0.5)) / bins
      sums[r] = sum
    }
    return sums
  })
  const radius = closedPath(gain, bins)
  return { data: within(radius, window, cx, cy), width, height }
}

/** The pixels that an outline around (cx, cy) holds. */
function within(
  radius: Float32Array,
  { width, height, box }: CellWindow,
  cx: number,
  cy: number,
): Uint8Array {
  const data = new Uint8Array(width * height)
  const margin = (3 * SLACK) / UM
  const [left, right] = [Math.max(0, Math.floor(box[0] - margin)), Math.min(width, box[0] + box[2] + margin)]
  const [top, bottom] = [Math.max(0, Math.floor(box[1] - margin)), Math.min(height, box[1] + box[3] + margin)]
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const [dx, dy] = [x + 0.5 - cx, y + 0.5 - cy]
      const at = (Math.atan2(dy, dx) / (2 * Math.PI) + 1) * ANGLES
      const low = Math.floor(at)
      const here = radius[low % ANGLES]!
      const edge = here + (radius[(low + 1) % ANGLES]! - here) * (at - low)
      if (Math.sqrt(dx * dx + dy * dy) <= (edge + 1) / FINE) data[y * width + x] = 1
    }
  }
  return data
}

/** How much each pixel speaks for the cell (> 0) or against it. */
function votes(window: CellWindow, nucleus: Mask, purple: Mask): Float32Array {
  const { width, height, box } = window
  const [red, green, blue] = [window.red, window.green, window.blue].map(
    (plane) => gaussian(plane, 0.8).data,
  ) as [Float32Array, Float32Array, Float32Array]
  const strength = red.map((value, i) => value + green[i]! + blue[i]!)
  const least = Math.max(0.12, 0.35 * otsu(strength.map((value) => Math.min(value, 0.9))))
  const beside = depth({ data: nucleus.data.map((value) => 1 - value), width, height })
  const isRedCell = redCellColour(
    [red, green, blue],
    (i) => strength[i]! > least && !purple.data[i] && beside[i]! * UM > 5,
  )
  const vote = new Float32Array(width * height)
  const slack = SLACK / UM
  const [cx, cy, rx, ry] = [box[0] + box[2] / 2, box[1] + box[3] / 2, box[2] / 2, box[3] / 2]
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const [dx, dy] = [Math.abs(x + 0.5 - cx), Math.abs(y + 0.5 - cy)]
      const inOval = (dx / rx) ** 2 + (dy / ry) ** 2 < 1
      if (nucleus.data[i]) vote[i] = 2
      else if (dx > rx + slack || dy > ry + slack) vote[i] = -2
      else if (purple.data[i]) vote[i] = -0.8
      else if (strength[i]! <= least) vote[i] = -1.2
      else if (isRedCell?.(i)) vote[i] = inOval ? 0.25 : -0.5
      else vote[i] = inOval ? 1 : 0.3
    }
  }
  return vote
}

/** Whether a pixel has the colour of the red cells around; undefined where there are too few of them. */
function redCellColour(
  channels: readonly Float32Array[],
  isSample: (i: number) => boolean,
): ((i: number) => boolean) | undefined {
  const samples: number[] = []
  for (let i = 0; i < channels[0]!.length; i++) if (isSample(i)) samples.push(i)
  if (samples.length < 200) return undefined
  const colours = channels.map((channel) => {
    const values = Float32Array.from(samples, (i) => channel[i]!).sort()
    const middle = values[values.length >> 1]!
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
    return { channel, middle, spread: Math.max(Math.sqrt(variance), 0.07) }
  })
  return (i) => {
    let distance = 0
    for (const { channel, middle, spread } of colours) distance += ((channel[i]! - middle) / spread) ** 2
    return distance / 3 < 1.6 ** 2
  }
}

/** The last radius step inside at each angle, by dynamic programming over two turns: the second closes the path. */
function closedPath(gain: readonly Float32Array[], bins: number): Float32Array {
  let best = gain[0]!
  const back: Int8Array[] = []
  for (let turn = 1; turn < 2 * ANGLES; turn++) {
    const here = gain[turn % ANGLES]!
    const next = new Float32Array(bins)
    const from = new Int8Array(bins)
    for (let r = 0; r < bins; r++) {
      let most = -Infinity
      for (let s = -REACH; s <= REACH; s++) {
        if (r + s < 0 || r + s >= bins) continue
        const value = best[r + s]! - Math.abs(s) * COST
        if (value > most) {
          most = value
          from[r] = s
        }
      }
      next[r] = most + here[r]!
    }
    back.push(from)
    best = next
  }
  const radius = new Float32Array(ANGLES)
  let at = best.indexOf(best.reduce((a, b) => Math.max(a, b)))
  for (let turn = 2 * ANGLES - 1; turn > 0; turn--) {
    radius[turn % ANGLES] = at
    at += back[turn - 1]![at]!
  }
  return radius
}
