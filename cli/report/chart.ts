import { BarChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts'
import { GridComponent, LegendComponent, VisualMapComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { finished, type Html } from './html.ts'

use([BarChart, HeatmapChart, LineChart, ScatterChart])
use([GridComponent, LegendComponent, VisualMapComponent, SVGRenderer])

export const INK = '#2b2d31'
export const FAINT = '#8a8d93'
export const RULE = '#e3e4e7'
export const ACCENT = '#3f6290'
export const FAULT = '#b4552d'

/** Colours of sources, told apart with colour-blind vision too (after Okabe and Ito, darkened for thin lines). */
export const SERIES = ['#2f6fa8', '#c75a1c', '#2c8c6e', '#9c5b94', '#8a7a1f', '#5b6470']

/** Draws a chart on the server. @returns inline SVG of `width`×`height` CSS pixels that shrinks with its column. */
export function drawChart(
  option: Record<string, unknown>,
  width: number,
  height: number,
  label: string,
): Html {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: 'inherit', color: INK }, ...option })
    const svg = chart.renderToSVGString()
    const named = `<svg role="img" aria-label="${label}" style="max-width:100%;height:auto"`
    return finished(svg.replace('<svg', named))
  } finally {
    chart.dispose()
  }
}

/** An axis of shares from `min` to 1, written in percent. */
export function shareAxis(name: string, gap: number, min = 0): Record<string, unknown> {
  return {
    type: 'value',
    min,
    max: 1,
    interval: (1 - min) / 5,
    name,
    nameLocation: 'middle',
    nameGap: gap,
    nameTextStyle: { color: FAINT },
    axisLabel: { color: FAINT, formatter: (value: number) => `${Math.round(value * 100)}` },
    axisLine: { show: true, lineStyle: { color: FAINT } },
    splitLine: { lineStyle: { color: RULE } },
  }
}
