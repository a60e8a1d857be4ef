import { hundredths, markdown, millions, percent, points } from '../words.ts'
import type { Ceiling } from './ceiling.ts'
import type { Estimates, FigureName, Measured } from './figures.ts'

const COLUMNS: readonly [FigureName, string][] = [
  ['ap', 'AP .50:.95'],
  ['ap50', 'AP50'],
  ['ap75', 'AP75'],
  ['recall', 'recall'],
  ['precision', 'precision'],
  ['borderRecall', 'recall at the border'],
  ['mergedShare', 'merged'],
  ['splitShare', 'split'],
]

export type VariantRow = { variant: string; runs: readonly Measured[]; figures: Estimates }
export type PairRow = { pair: string; seeds: number; figures: Estimates }

/** A row a variant, in per cent with intervals, and what it costs. */
export function variantTable(rows: readonly VariantRow[], ceiling: Ceiling | null): string {
  const heads = ['variant', 'seeds', ...COLUMNS.map(([, words]) => words)]
  const lines = rows.map(({ variant, runs, figures }) => [
    variant,
    `${runs.length}`,
    ...COLUMNS.map(([name]) => percent(figures[name])),
    millions(average(runs, ({ info }) => info.parameters)),
    // The same network with each seed: the least is the one that other programs disturbed least.
    Math.min(...runs.map(({ info }) => info.millisecondsPerField)).toFixed(1),
    average(runs, ({ counts }) => counts.merges).toFixed(1),
    average(runs, ({ counts }) => counts.splitExtras).toFixed(1),
  ])
  const second = ceiling
    ? [
        [
          `*a second reader, ${ceiling.fields} fields*`,
          '–',
          ...COLUMNS.map(([name]) => percent(ceiling.figures[name]) + atBest(ceiling, name)),
          ...['–', '–', '–', '–'],
        ],
      ]
    : []
  const costs = ['parameters, M', 'ms a field', 'merged boxes', 'pieces too many']
  return markdown([...heads, ...costs], [...lines, ...second])
}

/** A row a pair: how much higher the first is, in percentage points, on the same resampled fields. */
export function pairTable(rows: readonly PairRow[]): string {
  return markdown(
    ['difference, points', 'seeds', ...COLUMNS.map(([, words]) => words)],
    rows.map(({ pair, seeds, figures }) => [
      pair,
      `${seeds}`,
      ...COLUMNS.map(([name]) => points(figures[name])),
    ]),
  )
}

function atBest({ best }: Ceiling, name: FigureName): string {
  const value = name in best ? best[name as keyof typeof best] : null
  return value === null ? '' : `, at most ${hundredths(value)}`
}

function average(runs: readonly Measured[], of: (run: Measured) => number): number {
  return runs.reduce((sum, run) => sum + of(run), 0) / runs.length
}
