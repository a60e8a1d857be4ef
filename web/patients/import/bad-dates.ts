import type { ImportFault } from '../../api/types.ts'
import type { ImportRow } from './columns.ts'

const OF_DATES: readonly ImportFault['code'][] = ['DATE_IMPOSSIBLE', 'DATE_IN_FUTURE', 'BORN_AFTER_RECEIVED']

/** The faults of rows in which nothing but dates is wrong. */
export function faultsOfDatesAlone(faults: readonly ImportFault[]): ImportFault[] {
  const others = new Set(faults.filter(({ code }) => !OF_DATES.includes(code)).map(({ row }) => row))
  return faults.filter(({ row }) => !others.has(row))
}

/** The rows with the fields that `faults` name left empty. */
export function without(rows: readonly ImportRow[], faults: readonly ImportFault[]): ImportRow[] {
  const byRow = Map.groupBy(faults, ({ row }) => row)
  return rows.map((row) => {
    const empty = (byRow.get(row.row) ?? []).map(({ field }) => [field, ''])
    return { ...row, ...Object.fromEntries(empty) }
  })
}
