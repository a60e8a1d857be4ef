import Table from 'cli-table3'
import type { Spread } from '../spread.ts'
import { type Compared, type Measured, total } from './measure.ts'

export type Figures = {
  field: Compared
  /** All fields from file to JSON, one after the other; ours alone. */
  whole: Measured
  /** Cells of all fields, cropped and named at given centres. */
  recognise: Compared
}

/** The figures as text for a terminal, with what they should reach. */
export function speedTable({ field, whole, recognise }: Figures): string {
  const table = new Table({
    head: ['', 'Marrowscope', 'PyTorch eager', 'times faster', 'target'],
    colAligns: ['left', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [], compact: true },
  })
  table.push(
    [
      'Field, median s',
      seconds(field.ours.ms),
      seconds(field.peer.ms),
      times(field.timesFaster),
      '≤ 0.4, ≥ 10×',
    ],
    ['Field, cells named', counts(field.ours), counts(field.peer), '', ''],
    ['Field, peak RSS MB', megabytes(field.ours), megabytes(field.peer), '', ''],
    [`${whole.answers.length} fields, s`, total(whole).seconds.toFixed(2), '', '', '≤ 20'],
    [`${whole.answers.length} fields, cells named`, total(whole).cells, '', '', ''],
    [`${whole.answers.length} fields, peak RSS MB`, megabytes(whole), '', '', '≤ 1000'],
    [
      `${total(recognise.ours).cells} cells named, s`,
      total(recognise.ours).seconds.toFixed(2),
      total(recognise.peer).seconds.toFixed(2),
      (total(recognise.peer).seconds / total(recognise.ours).seconds).toFixed(1),
      '',
    ],
  )
  return table.toString()
}

function seconds({ median, min, max }: Spread): string {
  const s = (ms: number) => (ms / 1000).toFixed(2)
  return `${s(median)} (${s(min)}–${s(max)})`
}

function times({ median, min, max }: Spread): string {
  return `${median.toFixed(1)} (${min.toFixed(1)}–${max.toFixed(1)})`
}

function counts({ answers }: Measured): string {
  return answers.map(({ cells }) => cells).join(' ')
}

function megabytes({ peakRss }: Measured): string {
  return (peakRss / 1e6).toFixed(0)
}
