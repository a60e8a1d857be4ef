/** What is drawn, as the chart library takes it: plain data in, options out. */
import { CELL_CLASS_INFO, CELL_CLASSES, type CellClass } from '../../cytology/index.ts'
import type {
  Corrections,
  Differences,
  Distributions,
  Drift,
  Overview,
  ReaderAgreement,
} from '../api/types.ts'
import type { Option } from './charts.ts'
import type { Inks } from './theme.ts'

export type Words = Readonly<Record<string, string>>
type Lang = 'en' | 'zh'

const axis = (inks: Inks, more: object = {}) => ({
  axisLabel: { color: inks.ink, hideOverlap: true },
  axisLine: { lineStyle: { color: inks.faint } },
  splitLine: { lineStyle: { color: inks.line, opacity: 0.5 } },
  nameTextStyle: { color: inks.faint },
  ...more,
})
const percentAxis = (inks: Inks, name: string, more: object = {}) =>
  axis(inks, { type: 'value', name, nameLocation: 'middle', nameGap: 28, ...more })
const base = (inks: Inks): Option => ({
  animation: false,
  backgroundColor: inks.ground,
  textStyle: { color: inks.ink, fontFamily: 'system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif' },
  tooltip: {
    trigger: 'item',
    backgroundColor: inks.ground,
    borderColor: inks.line,
    textStyle: { color: inks.ink },
  },
  legend: { top: 0, right: 0, textStyle: { color: inks.ink } },
  grid: { left: 8, right: 40, top: 32, bottom: 36, containLabel: true },
})
const nameOf = (type: CellClass, lang: Lang) => CELL_CLASS_INFO[type][lang]
const short = (type: CellClass) => CELL_CLASS_INFO[type].abbreviation

export function workOption(data: Overview, inks: Inks, words: Words): Option {
  return {
    ...base(inks),
    tooltip: { ...(base(inks).tooltip as object), trigger: 'axis' },
    xAxis: axis(inks, { type: 'category', data: data.periods.map(({ start }) => start) }),
    yAxis: axis(inks, { type: 'value', minInterval: 1 }),
    series: [
      { name: words.cases, type: 'bar', data: data.periods.map(({ cases }) => cases), color: inks.faint },
      { name: words.signed, type: 'bar', data: data.periods.map(({ signed }) => signed), color: inks.accent },
    ],
  }
}

/** Quartiles across cases as a bar, the median and the pooled share as marks. */
export function typesOption(data: Distributions, inks: Inks, words: Words, lang: Lang): Option {
  const types = [...data.types].reverse()
  const point = (symbol: string) => ({ type: 'scatter', symbol, symbolSize: 10, z: 5 })
  return {
    ...base(inks),
    xAxis: percentAxis(inks, '%'),
    yAxis: axis(inks, { type: 'category', data: types.map(({ type }) => nameOf(type, lang)) }),
    series: [
      { type: 'bar', stack: 'q', silent: true, data: types.map(({ q1 }) => q1), color: 'transparent' },
      {
        name: words.quartiles,
        type: 'bar',
        stack: 'q',
        barWidth: '60%',
        color: inks.faint,
        data: types.map(({ type, q1, q3 }) => ({
          value: (q3 ?? 0) - (q1 ?? 0),
          itemStyle: { color: CELL_CLASS_INFO[type].colour, borderColor: inks.faint },
        })),
        tooltip: {
          formatter: ({ dataIndex: i }: { dataIndex: number }) =>
            `${nameOf(types[i]!.type, lang)}: ${digits(types[i]!.q1)}–${digits(types[i]!.q3)} %`,
        },
      },
      {
        ...point('rect'),
        symbolSize: [3, 16],
        name: words.median,
        color: inks.ink,
        itemStyle: { borderColor: inks.ground, borderWidth: 1 },
        data: types.map(({ median }) => median),
        tooltip: { formatter: '{b}: {c} %' },
      },
      {
        ...point('diamond'),
        name: words.pooled,
        color: inks.ground,
        itemStyle: { borderColor: inks.ink, borderWidth: 1.5 },
        data: types.map(({ percent }) => percent && Number(percent.toFixed(2))),
        tooltip: { formatter: '{b}: {c} %' },
      },
    ],
  }
}

/** What share of the cells that the model suggested as one type a person called another. */
export function correctionsOption(data: Corrections, inks: Inks, words: Words, lang: Lang): Option {
  const suggested = new Map(data.types.map((row) => [row.type, row.suggested]))
  const cells = data.corrections.map(({ suggested: from, type, count }) => ({
    value: [
      CELL_CLASSES.indexOf(type),
      CELL_CLASSES.length - 1 - CELL_CLASSES.indexOf(from),
      (100 * count) / Math.max(1, suggested.get(from) ?? 0),
    ],
    from,
    type,
    count,
  }))
  const most = Math.max(1, ...cells.map(({ value }) => value[2]!))
  return {
    ...base(inks),
    tooltip: {
      ...(base(inks).tooltip as object),
      formatter: ({ data: at }: { data: (typeof cells)[number] }) =>
        `${nameOf(at.from, lang)} → ${nameOf(at.type, lang)}<br>${at.count} (${digits(at.value[2]!)} %)`,
    },
    legend: undefined,
    grid: { left: 24, right: 90, top: 36, bottom: 36, containLabel: true },
    xAxis: axis(inks, {
      type: 'category',
      data: CELL_CLASSES.map(short),
      name: words.named,
      nameLocation: 'middle',
      nameGap: 28,
      axisLabel: { color: inks.ink, interval: 0, fontSize: 10 },
    }),
    yAxis: axis(inks, {
      type: 'category',
      data: [...CELL_CLASSES].reverse().map(short),
      name: words.suggested,
      nameTextStyle: { color: inks.faint, align: 'left' },
      axisLabel: { color: inks.ink, interval: 0, fontSize: 10 },
    }),
    visualMap: {
      min: 0,
      max: most,
      text: [`${digits(most)} %`, '0 %'],
      right: 0,
      top: 'middle',
      calculable: false,
      itemHeight: 120,
      textStyle: { color: inks.ink },
      inRange: { color: [inks.ground, inks.accent] },
    },
    series: [{ type: 'heatmap', data: cells, itemStyle: { borderColor: inks.line, borderWidth: 1 } }],
  }
}

interface Ranged {
  name: string
  value: number | null
  low: number | null
  high: number | null
  colour: string
}

/** A mark with its interval for each name, from the top downwards. */
export function intervalsOption(
  rows: readonly Ranged[],
  inks: Inks,
  scale: { name: string; min: number; max: number },
) {
  const turned = [...rows].reverse()
  return {
    ...base(inks),
    legend: undefined,
    xAxis: percentAxis(inks, scale.name, { min: scale.min, max: scale.max }),
    yAxis: axis(inks, { type: 'category', data: turned.map(({ name }) => name) }),
    series: [
      whiskers(
        turned.map(({ low, high }, i) => [low, high, i]),
        inks,
        false,
      ),
      {
        type: 'scatter',
        symbolSize: 11,
        z: 5,
        itemStyle: { borderColor: inks.ink, borderWidth: 1 },
        data: turned.map(({ value, colour }) => ({ value, itemStyle: { color: colour } })),
        tooltip: {
          formatter: ({ dataIndex: i }: { dataIndex: number }) => {
            const { name, value, low, high } = turned[i]!
            return `${name}: ${digits(value, 2)} (95 %: ${digits(low, 2)}–${digits(high, 2)})`
          },
        },
      },
    ],
  } as Option
}

/** Lines from [low, high, place]; upright where the places lie on the x axis. */
function whiskers(data: (number | null)[][], inks: Inks, upright: boolean) {
  type Api = { value(i: number): number; coord(point: number[]): [number, number] }
  return {
    type: 'custom',
    silent: true,
    z: 4,
    data: data.filter(([low]) => low !== null),
    renderItem: (_: unknown, api: Api) => {
      const at = (value: number) => api.coord(upright ? [api.value(2), value] : [value, api.value(2)])
      const [[x1, y1], [x2, y2]] = [at(api.value(0)), at(api.value(1))]
      return { type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: inks.faint, lineWidth: 2 } }
    },
    encode: upright ? { x: 2, y: [0, 1] } : { x: [0, 1], y: 2 },
  }
}

export function driftOption(data: Drift, inks: Inks, words: Words): Option {
  const percent = (value: number | null) => (value === null ? null : Number((100 * value).toFixed(2)))
  const line = (name: string | undefined, values: (number | null)[], more: object) => ({
    name,
    type: 'line',
    symbol: 'none',
    data: values.map(percent),
    ...more,
  })
  const limit = { color: inks.bad, lineStyle: { type: 'dashed', width: 1 }, connectNulls: true }
  return {
    ...base(inks),
    xAxis: axis(inks, { type: 'category', data: data.weeks.map(({ start }) => start) }),
    yAxis: axis(inks, { type: 'value', name: '%', min: 0 }),
    series: [
      line(
        words.limits,
        data.weeks.map(({ limitLow }) => limitLow),
        limit,
      ),
      line(
        words.limits,
        data.weeks.map(({ limitHigh }) => limitHigh),
        limit,
      ),
      line(
        words.centre,
        data.weeks.map(() => data.centre),
        { color: inks.faint, lineStyle: { width: 1 } },
      ),
      whiskers(
        data.weeks.map(({ share }, i) => [percent(share.low), percent(share.high), i]),
        inks,
        true,
      ),
      {
        name: words.corrected,
        type: 'line',
        color: inks.accent,
        symbol: 'circle',
        symbolSize: 5,
        // Else those that signal would be left out where weeks lie close.
        showAllSymbol: true,
        connectNulls: true,
        data: data.weeks.map(({ share, signal }) => ({
          value: percent(share.value),
          ...(signal === 'none' ? {} : { symbol: 'diamond', symbolSize: 13, itemStyle: { color: inks.bad } }),
        })),
        tooltip: { formatter: '{b}: {c} %' },
      },
    ],
  }
}

/** Bland and Altman's plot: the mean of both against their difference. */
export function differencesOption(data: Differences, inks: Inks, words: Words): Option {
  const of = data.types.find(({ type }) => type === data.type)
  // Alike to both sides, so that a bias shows, and far enough that the limits do.
  const ends = [of?.low ?? 0, of?.high ?? 0, ...data.points.map(({ model, signed }) => model - signed)]
  const reach = Math.max(1, Math.ceil(1.1 * Math.max(...ends.map(Math.abs))))
  const level = (value: number | null | undefined, name: string | undefined, colour: string) =>
    value === null || value === undefined
      ? []
      : [
          {
            yAxis: value,
            name,
            lineStyle: { color: colour },
            label: { color: inks.ink, formatter: `{b} ${digits(value)}` },
          },
        ]
  return {
    ...base(inks),
    legend: undefined,
    grid: { left: 24, right: 120, top: 32, bottom: 36, containLabel: true },
    xAxis: percentAxis(inks, words.mean!, { min: 0, axisLine: { onZero: false } }),
    yAxis: axis(inks, { type: 'value', name: words.difference, min: -reach, max: reach }),
    series: [
      {
        type: 'scatter',
        symbolSize: 7,
        itemStyle: {
          color: CELL_CLASS_INFO[data.type].colour,
          opacity: 0.7,
          borderColor: inks.faint,
          borderWidth: 1,
        },
        data: data.points.map(({ model, signed }) => [(model + signed) / 2, model - signed]),
        tooltip: {
          formatter: ({ dataIndex: i }: { dataIndex: number }) =>
            `${words.model}: ${digits(data.points[i]!.model)} %<br>${words.signed}: ${digits(data.points[i]!.signed)} %`,
        },
        markLine: {
          symbol: 'none',
          silent: true,
          data: [
            ...level(of?.bias, words.bias, inks.ink),
            ...level(of?.low, '−1.96 SD', inks.bad),
            ...level(of?.high, '+1.96 SD', inks.bad),
          ],
        },
      },
    ],
  }
}

/** Who and whom, as one name. */
export const pairName = ({ one, other }: ReaderAgreement['readers'][number], nobody: string): string =>
  `${one?.name ?? nobody} · ${other.name}`

export const digits = (value: number | null | undefined, places = 1): string =>
  value === null || value === undefined ? '–' : value.toFixed(places).replace(/^-/, '−')
