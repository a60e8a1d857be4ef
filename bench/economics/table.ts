import type { Estimate } from '../../annotation/index.ts'
import type { Spread } from '../spread.ts'
import { markdown, percent, points } from '../words.ts'
import type { Estimates } from './answers.ts'

export type EconomicsRow = {
  name: string
  megabytes: number
  /** Milliseconds a cell. */
  ms: Spread
  val: Estimates
  test: Estimates
  /** Macro-F1 on test less that of the first option, on the same resampled pictures. */
  difference: Estimate | null
  /** No other option is at least as fast and as good on val. */
  onFrontier: boolean
}

const milliseconds = ({ median, min, max }: Spread) =>
  `${median.toFixed(2)} (${min.toFixed(2)}–${max.toFixed(2)})`

/** A row an option, in per cent with intervals; ● on the frontier, the knee in bold. */
export function optionTable(rows: readonly EconomicsRow[], knee: string): string {
  const heads = ['option', 'MB', 'ms a cell', 'macro-F1, val', 'ECE, val', 'frontier']
  return markdown(
    [...heads, 'macro-F1, test', `− ${rows[0]!.name}, points`, 'ECE, test'],
    rows.map(({ name, megabytes, ms, val, test, difference, onFrontier }, i) => [
      name === knee ? `**${name}**` : name,
      megabytes.toFixed(1),
      milliseconds(ms),
      percent(val.macroF1),
      percent(val.ece),
      onFrontier ? '●' : '',
      percent(test.macroF1),
      i === 0 ? '' : points(difference),
      percent(test.ece),
    ]),
  )
}

export function batchTable(name: string, batches: readonly { cells: number; ms: Spread }[]): string {
  return markdown(
    [`${name}, cells in a batch`, 'ms a cell'],
    batches.map(({ cells, ms }) => [`${cells}`, milliseconds(ms)]),
  )
}
