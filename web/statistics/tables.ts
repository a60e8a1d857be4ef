/** The numbers behind each chart, in the order in which it shows them. */
import type { CellClass } from '../../cytology/index.ts'
import type {
  Corrections,
  Differences,
  Distributions,
  Drift,
  Overview,
  ReaderAgreement,
} from '../api/types.ts'
import type { Table } from './csv.ts'
import { pairName, type Words } from './options.ts'

type Name = (type: CellClass) => string
const percent = (value: number | null) => (value === null ? null : 100 * value)

export const workTable = (data: Overview, words: Words): Table => ({
  columns: [
    words.start!,
    words.cases!,
    words.signed!,
    words.cells!,
    words.reviewed!,
    words.singly!,
    words.together!,
    words.corrected!,
    words.correctedSingly!,
  ],
  rows: data.periods.map((row) => [
    row.start,
    row.cases,
    row.signed,
    row.cells,
    row.reviewed,
    row.singly,
    row.together,
    row.corrected,
    row.correctedSingly,
  ]),
})

export const typesTable = (data: Distributions, words: Words, name: Name): Table => ({
  columns: [
    words.type!,
    words.cells!,
    `${words.pooled} %`,
    `${words.median} %`,
    'Q1 %',
    'Q3 %',
    words.range!,
    words.below!,
    words.above!,
  ],
  rows: data.types.map((row) => [
    name(row.type),
    row.cells,
    row.percent,
    row.median,
    row.q1,
    row.q3,
    row.range,
    row.below,
    row.above,
  ]),
})

export function correctionsTable(data: Corrections, words: Words, name: Name): Table {
  const suggested = new Map(data.types.map((row) => [row.type, row.suggested]))
  return {
    columns: [words.suggested!, words.named!, words.cells!, words.ofSuggested!],
    rows: data.corrections.map((pair) => [
      name(pair.suggested),
      name(pair.type),
      pair.count,
      (100 * pair.count) / Math.max(1, suggested.get(pair.suggested) ?? 0),
    ]),
  }
}

export const driftTable = (data: Drift, words: Words): Table => ({
  columns: [
    words.start!,
    words.reviewed!,
    words.corrected!,
    `${words.corrected} %`,
    '95 % ↓',
    '95 % ↑',
    `${words.limits} ↓`,
    `${words.limits} ↑`,
    words.signal!,
  ],
  rows: data.weeks.map((week) => [
    week.start,
    week.reviewed,
    week.corrected,
    percent(week.share.value),
    percent(week.share.low),
    percent(week.share.high),
    percent(week.limitLow),
    percent(week.limitHigh),
    words[week.signal] ?? '',
  ]),
})

export const differencesTable = (data: Differences, words: Words, name: Name): Table => ({
  columns: [words.type!, words.bias!, 'SD', '−1.96 SD', '+1.96 SD'],
  rows: data.types.map((row) => [name(row.type), row.bias, row.sd, row.low, row.high]),
})

export const readersTable = (data: ReaderAgreement, words: Words, nobody: string): Table => ({
  columns: [
    words.readers!,
    words.cases!,
    words.cells!,
    words.agreed!,
    'κ',
    '95 % ↓',
    '95 % ↑',
    words.cellsSingly!,
    words.kappaSingly!,
    '95 % ↓',
    '95 % ↑',
  ],
  rows: [
    [words.all!, data.cases, ...kappaCells(data.pooled)],
    ...data.readers.map((row) => [pairName(row, nobody), row.cases, ...kappaCells(row)]),
  ],
})

/** Over all cells, then over those that both confirmed singly. */
const kappaCells = ({ cells, agreed, kappa, low, high, singly }: ReaderAgreement['pooled']) => [
  ...[cells, agreed, kappa, low, high],
  ...[singly.cells, singly.kappa, singly.low, singly.high],
]
