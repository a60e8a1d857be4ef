import { CustomChart, LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'
import type { FollowUp } from '../api/types.ts'
import { inWords, LINES, type Line, shareOf } from './follow-up-lines.ts'

use([LineChart, CustomChart, GridComponent, TooltipComponent, SVGRenderer, CanvasRenderer])

type Point = FollowUp['points'][number]
export interface Drawn {
  points: readonly Point[]
  lines: readonly Line[]
  nameOf: (line: Line) => string
  dark: boolean
}

/** Half the width of an interval's ends, pixels. */
const CAP = 4

function optionOf({ points, lines, nameOf, dark }: Drawn): EChartsCoreOption {
  const ink = dark ? '#ededed' : '#1b1b1b'
  const ground = dark ? '#282828' : '#ffffff'
  const axis = { axisLabel: { color: ink }, axisLine: { lineStyle: { color: ink } } }
  return {
    animation: false,
    backgroundColor: ground,
    grid: { left: 46, right: 24, top: 18, bottom: 34 },
    // As text on the canvas: a name can never become part of the page.
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      formatter: (of: unknown) => told(of, points, lines, nameOf),
    },
    xAxis: {
      type: 'time',
      ...axis,
      axisLabel: { color: ink, hideOverlap: true, formatter: '{yyyy}-{MM}-{dd}' },
      minInterval: 86_400_000,
      boundaryGap: ['3%', '3%'],
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: 100,
      ...axis,
      axisLabel: { color: ink, formatter: '{value} %' },
      splitLine: { lineStyle: { color: dark ? '#4d4d4d' : '#dcdcdc' } },
    },
    series: lines.flatMap((line) => [curve(line), intervals(line)]),
  }

  function data(line: Line) {
    return points.flatMap((point) => {
      const share = shareOf(point, line)
      return share?.percent == null ? [] : [{ point, share }]
    })
  }
  function curve(line: Line) {
    const { mark, dash } = LINES[line]
    const colour = LINES[line][dark ? 'dark' : 'light']
    return {
      type: 'line',
      name: nameOf(line),
      lineStyle: { color: colour, width: 2, type: dash },
      data: data(line).map(({ point, share }) => ({
        value: [point.receivedOn, share.percent],
        symbol: mark,
        symbolSize: 10,
        itemStyle: { color: point.signed ? colour : ground, borderColor: colour, borderWidth: 2 },
      })),
    }
  }
  function intervals(line: Line) {
    const colour = LINES[line][dark ? 'dark' : 'light']
    return {
      type: 'custom',
      name: nameOf(line),
      silent: true,
      z: 1,
      data: data(line).map(({ point, share }) => [point.receivedOn, share.low, share.high]),
      encode: { x: 0, y: [1, 2] },
      tooltip: { show: false },
      renderItem: (_: unknown, api: { value(i: number): number; coord(at: number[]): [number, number] }) => {
        const [x, low] = api.coord([api.value(0), api.value(1)])
        const [, high] = api.coord([api.value(0), api.value(2)])
        const stroke = { stroke: colour, lineWidth: 1.5, fill: 'none' }
        const bar = (x1: number, y1: number, x2: number, y2: number) => ({
          type: 'line',
          shape: { x1, y1, x2, y2 },
          style: stroke,
        })
        return {
          type: 'group',
          children: [
            bar(x, low, x, high),
            bar(x - CAP, low, x + CAP, low),
            bar(x - CAP, high, x + CAP, high),
          ],
        }
      },
    }
  }
}

function told(
  of: unknown,
  points: readonly Point[],
  lines: readonly Line[],
  nameOf: (line: Line) => string,
): string {
  const [first] = of as { value: [string, number] }[]
  return points
    .filter(({ receivedOn }) => receivedOn === first?.value[0])
    .map((point) =>
      [
        `${point.marrowNumber} · ${point.receivedOn} · n = ${point.counted}`,
        ...lines.map((line) => `${nameOf(line)}: ${inWords(shareOf(point, line))} %`),
      ].join('\n'),
    )
    .join('\n\n')
}

/** The curves in an element, redrawn when it changes its size. */
export function drawFollowUp(element: HTMLElement) {
  const chart = init(element, undefined, { renderer: 'svg' })
  const watch = new ResizeObserver(() => chart.resize())
  watch.observe(element)
  return {
    draw: (drawn: Drawn) => chart.setOption(optionOf(drawn), { notMerge: true }),
    end() {
      watch.disconnect()
      chart.dispose()
    },
  }
}

/** The curves as a file's address, drawn for print: light, 1200 × 600 pixels; a PNG twice as fine. */
export function pictureOf(drawn: Drawn, type: 'png' | 'svg'): string {
  const element = document.createElement('div')
  const chart = init(element, undefined, {
    renderer: type === 'svg' ? 'svg' : 'canvas',
    width: 1200,
    height: 600,
  })
  try {
    chart.setOption(optionOf({ ...drawn, dark: false }))
    return chart.getDataURL({ type, pixelRatio: 2, backgroundColor: '#ffffff' })
  } finally {
    chart.dispose()
  }
}
