import { type EvaluatedImage, precisionRecallCurve } from '../../annotation/index.ts'

/** Precision at recalls 0, .01 … as far as all seeds reach; the highest at that recall or beyond, mean over the seeds. */
export type Curve = { variant: string; points: [recall: number, precision: number][] }

const WIDTH = 760
const HEIGHT = 560
const FRAME = { left: 56, right: 560, top: 16, bottom: 500 }
const LINE = 15
const CORNER = 0.4
/** Mid tones that stand out from white and from black; told apart by dashes where colours come again. */
const COLOURS = ['#2f80c4', '#cf6420', '#2c9a78', '#a862a0', '#94851f', '#7a8490']
const DASHES = ['', '7 3', '2 3']

export function meanCurve(variant: string, seeds: readonly (readonly EvaluatedImage[])[]): Curve {
  const curves = seeds.map((images) => precisionRecallCurve(images, 0.5, { maxDets: 1000 }))
  const points: Curve['points'] = []
  for (let i = 0; i <= 100; i++) {
    const beyond = curves.map((curve) => curve.filter(({ recall }) => recall >= i / 100 - 1e-9))
    if (beyond.some((rest) => rest.length === 0)) break
    const best = beyond.map((rest) => Math.max(...rest.map(({ precision }) => precision)))
    points.push([i / 100, best.reduce((sum, one) => sum + one, 0) / best.length])
  }
  return { variant, points }
}

/** Lines with their names at their ends, on no background; the colours of words follow the reader's light or dark. */
export function curvesSvg(curves: readonly Curve[]): string {
  const inCorner = (from: number) =>
    curves.map(({ variant, points }) => ({
      variant,
      points: points.filter(([recall, precision]) => recall >= from && precision >= from),
    }))
  // The corner where curves differ, as long as each of them comes there.
  const from = inCorner(CORNER).every(({ points }) => points.length > 1) ? CORNER : 0
  const x = (recall: number) => FRAME.left + ((recall - from) / (1 - from)) * (FRAME.right - FRAME.left)
  const y = (precision: number) =>
    FRAME.bottom - ((precision - from) / (1 - from)) * (FRAME.bottom - FRAME.top)
  // From the one that reaches furthest: so the lines to the names seldom cross.
  const drawn = inCorner(from)
    .filter(({ points }) => points.length > 0)
    .map((curve) => ({ ...curve, end: curve.points.at(-1)! }))
    .sort((a, b) => b.end[0] - a.end[0])
  const heights = spread(drawn.map(({ end }) => y(end[1])))
  const lines = drawn.map(({ variant, points, end }, i) => {
    const path = points.map(([r, p]) => `${x(r).toFixed(1)},${y(p).toFixed(1)}`).join(' ')
    const at = curves.findIndex((curve) => curve.variant === variant)
    const dashes = DASHES[Math.floor(at / COLOURS.length) % DASHES.length]
    const style = `stroke="${COLOURS[at % COLOURS.length]}" stroke-dasharray="${dashes}"`
    const tip = `${x(end[0]).toFixed(1)},${y(end[1]).toFixed(1)}`
    const label = heights[i]!.toFixed(1)
    return `<polyline points="${path}" ${style} stroke-width="1.8"/>
<polyline points="${tip} ${FRAME.right + 8},${label} ${FRAME.right + 30},${label}" ${style} stroke-width="0.6" opacity="0.7"/>
<text x="${FRAME.right + 35}" y="${label}" dy="4">${escaped(variant)}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="Precision over recall by variant">
<style>
text { font: 12px system-ui, sans-serif; fill: #333 }
.rule { stroke: #8886; stroke-width: 1 }
polyline { fill: none; stroke-linejoin: round }
@media (prefers-color-scheme: dark) { text { fill: #ddd } }
</style>
${ticks(from, x, y)}
${lines.join('\n')}
<text x="${(FRAME.left + FRAME.right) / 2}" y="${HEIGHT - 14}" text-anchor="middle">recall, % (IoU .5)</text>
<text transform="translate(14 ${(FRAME.top + FRAME.bottom) / 2}) rotate(-90)" text-anchor="middle">precision, %</text>
</svg>
`
}

function ticks(from: number, x: (share: number) => number, y: (share: number) => number): string {
  const count = Math.round((1 - from) * 10)
  return Array.from({ length: count + 1 }, (_, i) => {
    const share = from + i / 10
    const words = Math.round(100 * share)
    return `<path class="rule" d="M${FRAME.left} ${y(share).toFixed(1)}H${FRAME.right}"/>
<text x="${FRAME.left - 8}" y="${y(share).toFixed(1)}" dy="4" text-anchor="end">${words}</text>
<text x="${x(share).toFixed(1)}" y="${FRAME.bottom + 20}" text-anchor="middle">${words}</text>`
  }).join('\n')
}

/** Heights of labels near the wanted ones, in their order from above, a line apart. */
function spread(wanted: readonly number[]): number[] {
  const heights: number[] = []
  for (const height of wanted) heights.push(Math.max(height, (heights.at(-1) ?? -Infinity) + LINE))
  let below: number = FRAME.bottom
  for (let i = heights.length - 1; i >= 0; i--) {
    heights[i] = Math.min(heights[i]!, below)
    below = heights[i]! - LINE
  }
  return heights
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
