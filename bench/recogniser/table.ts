import type { EstimatesOf } from '../../annotation/index.ts'
import { CELL_CLASS_INFO, CELL_TYPES } from '../../cytology/index.ts'
import { hundredths, markdown, millions, percent, points } from '../words.ts'
import type { CrossFigureName, Estimates, FigureName, Measured } from './figures.ts'

const COLUMNS: readonly [FigureName, string][] = [
  ['macroF1', 'macro-F1, 12 types'],
  ['stageF1', 'macro-F1, 5 stages'],
  ['oneStepShare', 'stage errors one step away'],
  ['accuracy', 'accuracy'],
  ['ece', 'ECE'],
]
const CROSS_COLUMNS: readonly [CrossFigureName, string][] = [
  ['otherF1', 'macro-F1, other source'],
  ['ownF1', 'macro-F1, own source'],
  ['gap', 'gap'],
  ['otherAccuracy', 'accuracy, other source'],
  ['otherEce', 'ECE, other source'],
]

export type VariantRow = { variant: string; runs: readonly Measured<FigureName>[]; figures: Estimates }
export type CrossRow = {
  variant: string
  runs: readonly Measured<CrossFigureName>[]
  figures: EstimatesOf<CrossFigureName>
}
export type PairRow<Name extends string> = { pair: string; seeds: number; figures: EstimatesOf<Name> }

/** A row a variant, in per cent with intervals, and what it costs. */
export function variantTable(rows: readonly VariantRow[]): string {
  const heads = ['variant', 'seeds', ...COLUMNS.map(([, words]) => words), 'parameters, M', 'ms a cell']
  return markdown(
    heads,
    rows.map(({ variant, runs, figures }) => [
      variant,
      `${runs.length}`,
      ...COLUMNS.map(([name]) => percent(figures[name])),
      millions(Math.max(...runs.map(({ info }) => info.parameters))),
      // The same network with each seed: the least is the one that other programs disturbed least.
      Math.min(...runs.map(({ info }) => info.millisecondsPerCell)).toFixed(2),
    ]),
  )
}

/** F1 of each type, in per cent: variants down, types across by their three letters. */
export function typeTable(rows: readonly VariantRow[]): string {
  return markdown(
    ['F1', ...CELL_TYPES.map((type) => CELL_CLASS_INFO[type].abbreviation)],
    rows.map(({ variant, figures }) => [
      variant,
      ...CELL_TYPES.map((type) => (figures[type] ? hundredths(figures[type].value) : '–')),
    ]),
  )
}

export function pairTable(rows: readonly PairRow<FigureName>[]): string {
  return differences(rows, COLUMNS)
}

export function crossTable(rows: readonly CrossRow[]): string {
  return markdown(
    ['taught, and how', 'seeds', ...CROSS_COLUMNS.map(([, words]) => words)],
    rows.map(({ variant, runs, figures }) => [
      variant,
      `${runs.length}`,
      ...CROSS_COLUMNS.map(([name]) => (name === 'gap' ? points(figures[name]) : percent(figures[name]))),
    ]),
  )
}

export function crossPairTable(rows: readonly PairRow<CrossFigureName>[]): string {
  return differences(rows, CROSS_COLUMNS)
}

/** A row a pair: how much higher the first is, in percentage points, on the same resampled pictures. */
function differences<Name extends string>(
  rows: readonly PairRow<Name>[],
  columns: readonly (readonly [Name, string])[],
): string {
  return markdown(
    ['difference, points', 'seeds', ...columns.map(([, words]) => words)],
    rows.map(({ pair, seeds, figures }) => [
      pair,
      `${seeds}`,
      ...columns.map(([name]) => points(figures[name])),
    ]),
  )
}
