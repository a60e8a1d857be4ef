/** The chart library, fetched when the first chart is drawn. */
import type { EChartsCoreOption, EChartsType } from 'echarts/core'

export type Option = EChartsCoreOption

let library: Promise<typeof import('./echarts.ts')> | undefined
const load = () => (library ??= import('./echarts.ts'))

export async function draw(element: HTMLElement): Promise<EChartsType> {
  const { init } = await load()
  return init(element, null, { renderer: 'svg' })
}

/** The chart as a file of `width` × `height` CSS pixels, on the page's ground. */
export async function pictureOf(
  option: Option,
  kind: 'png' | 'svg',
  [width, height]: readonly [number, number],
): Promise<Blob> {
  const { init } = await load()
  const still = { ...option, animation: false }
  if (kind === 'svg') {
    const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
    chart.setOption(still)
    const text = chart.renderToSVGString()
    chart.dispose()
    return new Blob([text], { type: 'image/svg+xml' })
  }
  const element = document.createElement('div')
  const chart = init(element, null, { renderer: 'canvas', width, height, devicePixelRatio: 2 })
  chart.setOption(still)
  const canvas = chart.renderToCanvas({ pixelRatio: 2 })
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
  chart.dispose()
  if (!blob) throw new Error('The browser could not make the picture.')
  return blob
}

export function save(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
