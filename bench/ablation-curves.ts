import { type EvaluatedImage, precisionRecallCurve } from '../annotation/index.ts'

/** Precision at recalls 0, .01 … as far as all seeds reach; the highest at that recall or beyond, mean over the seeds. */
export type Curve = { variant: string; points: [recall: number, precision: number][] }

const WIDTH = 760
const HEIGHT = 560
const FRAME = { left: 56, right: 560, top: 16, bottom: 500 }
const LINE = 15
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
  const drawn = curves.filter(({ points }) => points.length > 0)
  const from = drawn.some(({ points }) => points.at(-1)![0] < 0.5 || points[0]![1] < 0.5) ? 0 : 0.4
  const x = (recall: number) => FRAME.left + ((recall - from) / (1 - from)) * (FRAME.right - FRAME.left)
  const y = (precision: number) =>
    FRAME.bottom - ((precision - from) / (1 - from)) * (FRAME.bottom - FRAME.top)
  const ends = drawn.map(({ points }) => y(Math.max(points.at(-1)![1], from)))
  const labels = spread(ends)
  const lines = drawn.map(({ variant, points }, i) => {
    const shown = points.filter(([recall, precision]) => recall >= from && precision >= from)
    const path = shown.map(([r, p]) => `${x(r).toFixed(1)},${y(p).toFixed(1)}`).join(' ')
    const style = `stroke="${COLOURS[i % COLOURS.length]}" stroke-dasharray="${DASHES[Math.floor(i / COLOURS.length) % DASHES.length]}"`
    const end = `${x(points.at(-1)![0]).toFixed(1)},${ends[i]!.toFixed(1)}`
    const label = labels[i]!.toFixed(1)
    return `<polyline points="${path}" ${style} stroke-width="1.8"/>
<polyline points="${end} ${FRAME.right + 8},${label} ${FRAME.right + 30},${label}" ${style} stroke-width="0.9"/>
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

/** Heights of labels near the wanted ones, a line apart, in the same order from above. */
function spread(wanted: readonly number[]): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]!)
  const heights = [...wanted]
  let above = -Infinity
  for (const i of order) {
    heights[i] = Math.max(wanted[i]!, above + LINE)
    above = heights[i]!
  }
  let below = Math.max(FRAME.bottom, LINE * wanted.length)
  for (const i of order.reverse()) {
    heights[i] = Math.min(heights[i]!, below)
    below = heights[i]! - LINE
  }
  return heights
}

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
