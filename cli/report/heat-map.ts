import { CELL_CLASS_INFO, CELL_CLASSES } from '../../cytology/index.ts'
import { ACCENT, drawChart, FAULT, INK } from './chart.ts'
import type { Html } from './html.ts'

const SIDE = 34
const SPACE = { left: 190, right: 4, top: 34, bottom: 4 }

/**
 * Confusion matrix: labelled classes down (with their number of cells), given classes across, both in the order of
 * CELL_CLASSES; rows without cells are left out. The colour is the share of the row: blue where the answer agrees
 * with the label, rust where it does not.
 */
export function confusionChart(confusion: number[][], source: string): Html {
  const rows = CELL_CLASSES.map((name, column) => ({ name, column, counts: confusion[column]! }))
    .map((row) => ({ ...row, sum: row.counts.reduce((all, count) => all + count, 0) }))
    .filter((row) => row.sum > 0)
  const squares = (right: boolean) =>
    rows.flatMap(({ column, counts, sum }, y) =>
      counts
        .map((count, x) => [x, y, Math.sqrt(count / sum), count] as const)
        .filter(([x, , , count]) => count > 0 && (x === column) === right),
    )
  const option = {
    grid: SPACE,
    xAxis: { ...axis(CELL_CLASSES.map((name) => CELL_CLASS_INFO[name].abbreviation)), position: 'top' },
    yAxis: { ...axis(rows.map((row) => `${CELL_CLASS_INFO[row.name].en}  ${row.sum}`)), inverse: true },
    visualMap: [colours(0, '#eef2f7', ACCENT), colours(1, '#faeee7', FAULT)],
    series: [heat(squares(true)), heat(squares(false))],
  }
  const width = SPACE.left + SPACE.right + SIDE * CELL_CLASSES.length
  const height = SPACE.top + SPACE.bottom + SIDE * Math.max(1, rows.length)
  return drawChart(option, width, height, `Confusion matrix, ${source}`)
}

type Square = readonly [x: number, y: number, shade: number, count: number]

function heat(data: Square[]): Record<string, unknown> {
  return {
    type: 'heatmap',
    data: data.map((square) => ({
      value: [...square],
      label: { color: square[2] > 0.62 ? '#ffffff' : INK },
    })),
    label: { show: true, fontSize: 11, formatter: ({ value }: { value: Square }) => `${value[3]}` },
    itemStyle: { borderColor: '#ffffff', borderWidth: 1 },
  }
}

function axis(data: string[]): Record<string, unknown> {
  return {
    type: 'category',
    data,
    axisLabel: { interval: 0, fontSize: 11, color: INK },
    axisTick: { show: false },
    axisLine: { show: false },
    splitArea: { show: true, areaStyle: { color: ['#fafafb', '#f6f6f7'] } },
  }
}

function colours(seriesIndex: number, from: string, to: string): Record<string, unknown> {
  return { show: false, seriesIndex, dimension: 2, min: 0, max: 1, inRange: { color: [from, to] } }
}
