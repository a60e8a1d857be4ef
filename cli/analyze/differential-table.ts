import Table from 'cli-table3'
import {
  CELL_CLASS_INFO,
  type CellType,
  type Differential,
  INTENDED_USE,
  ME_RULES,
} from '../../cytology/index.ts'

const NOTHING = '–'

/** A differential as text for a terminal: a row a type, what was counted, the M:E ratio and what it is for. No colours. */
export function differentialTable(differential: Differential): string {
  const table = new Table({
    head: ['Cell type', '中文', 'Count', '%', '95 % interval'],
    colAligns: ['left', 'left', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  })
  for (const [type, { count, percent, low, high }] of Object.entries(differential.byType)) {
    const { en, zh } = CELL_CLASS_INFO[type as CellType]
    const interval = low === null || high === null ? NOTHING : `${low.toFixed(1)}–${high.toFixed(1)}`
    table.push([en, zh, count, percent?.toFixed(1) ?? NOTHING, interval])
  }
  const { counted, notCounted, rule } = differential
  return [
    table.toString(),
    `Counted ${counted}, not counted ${notCounted} (rule ${rule})`,
    meRatioLine(differential),
    INTENDED_USE,
  ].join('\n')
}

function meRatioLine({ meRatio: { rule, numerator, denominator, value } }: Differential): string {
  const name = ME_RULES.find((known) => known.id === rule)?.name ?? rule
  const ratio = value === null ? 'not computable' : value.toFixed(1)
  return `${name} ${ratio} (${numerator} : ${denominator})`
}
