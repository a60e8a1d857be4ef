import type { ReliabilityBin } from '../../annotation/index.ts'
import { ACCENT, drawChart, FAINT, RULE, SERIES, shareAxis } from './chart.ts'
import type { Html } from './html.ts'
import type { FieldScores } from './report.ts'

/** Precision over recall at IoU 0.5, one line a source, with a dot at the shipped threshold; both axes begin at `from` (0..1). */
export function precisionRecallChart(fields: FieldScores[], from: number): Html {
  const series = fields.flatMap((field, i) => {
    const colour = SERIES[i % SERIES.length]
    const points = (field.curve ?? []).map(({ recall, precision }) => [recall, precision])
    return [
      {
        type: 'line',
        name: field.source,
        data: points,
        symbol: 'none',
        color: colour,
        lineStyle: { width: 1.5 },
      },
      { type: 'scatter', name: field.source, data: operatingPoint(field), symbolSize: 9, color: colour },
    ]
  })
  const option = {
    grid: { left: 52, right: 20, top: 16, bottom: 76 },
    legend: { bottom: 0, icon: 'roundRect', itemHeight: 3, data: fields.map((field) => field.source) },
    xAxis: shareAxis('recall, %', 28, from),
    yAxis: shareAxis('precision, %', 34, from),
    series,
  }
  return drawChart(option, 560, 420, 'Precision over recall by source')
}

function operatingPoint(field: FieldScores): number[][] {
  return field.recall && field.precision ? [[field.recall.value, field.precision.value]] : []
}

/** How often the recogniser was right for how sure it was, above the number of cells in each bin. */
export function reliabilityChart(bins: ReliabilityBin[]): Html {
  const filled = bins.filter((bin) => bin.count > 0)
  const diagonal = [
    [0, 0],
    [1, 1],
  ]
  const option = {
    grid: [
      { left: 52, right: 20, top: 16, height: 250 },
      { left: 52, right: 20, top: 290, height: 62 },
    ],
    xAxis: [
      { ...shareAxis('', 0), gridIndex: 0, axisLabel: { show: false } },
      {
        ...shareAxis('top probability, %', 28),
        gridIndex: 1,
        splitLine: { show: false },
        containShape: false,
      },
    ],
    yAxis: [
      { ...shareAxis('right, %', 34), gridIndex: 0 },
      { ...countAxis(), gridIndex: 1 },
    ],
    series: [
      { type: 'line', data: diagonal, symbol: 'none', lineStyle: { color: FAINT, width: 1, type: 'dashed' } },
      {
        type: 'line',
        data: filled.map((bin) => [bin.confidence, bin.accuracy]),
        symbol: 'circle',
        symbolSize: 7,
        color: ACCENT,
        lineStyle: { width: 1.5 },
      },
      {
        type: 'bar',
        xAxisIndex: 1,
        yAxisIndex: 1,
        data: bins.map((bin) => [(bin.from + bin.to) / 2, bin.count]),
        barWidth: 488 / bins.length - 3,
        color: '#b9c4d3',
      },
    ],
  }
  return drawChart(option, 560, 406, 'Reliability diagram')
}

function countAxis(): Record<string, unknown> {
  return {
    type: 'value',
    name: 'cells',
    nameLocation: 'middle',
    nameGap: 34,
    nameTextStyle: { color: FAINT },
    splitNumber: 2,
    axisLabel: { color: FAINT },
    splitLine: { lineStyle: { color: RULE } },
  }
}
