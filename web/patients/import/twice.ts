import { numberKey, saysNothing, writtenName } from '../../../cytology/index.ts'
import type { ImportFault } from '../../api/types.ts'
import type { ImportRow } from './columns.ts'
import { lostZeros } from './lost-zeros.ts'

const key = (text: string) => writtenName(text.normalize('NFKC')).toLowerCase()
const numberOf = (text: string) => (saysNothing(text) ? '' : numberKey(text))

/**
 * What contradicts itself within one file, which is sent in pieces and so seen whole only here: a hospital number of two
 * names, a marrow number of two people, rows that stand there twice, and numbers without the zeros that the others have.
 */
export function faultsWithin(rows: readonly ImportRow[]): ImportFault[] {
  const names = new Map<string, string>()
  const marrows = new Map<string, string>()
  const seen = new Set<string>()
  const faults: ImportFault[] = []
  const lost = {
    hospitalNumber: lostZeros(rows, 'hospitalNumber'),
    marrowNumber: lostZeros(rows, 'marrowNumber'),
  }
  for (const row of rows) {
    const fault = (field: ImportFault['field'], code: ImportFault['code'], found: string) =>
      faults.push({ row: row.row, field, code, found })
    const [number, marrow] = [numberOf(row.hospitalNumber), numberOf(row.marrowNumber)]
    const name = key(row.name)
    const whole = JSON.stringify({ ...row, row: 0 })
    const person = `${number} ${name}`
    const called = number ? names.get(number) : undefined
    const owner = marrow ? marrows.get(marrow) : undefined
    if (seen.has(whole)) fault('name', 'ROW_TWICE', row.name)
    else if (called !== undefined && called !== name) fault('hospitalNumber', 'OTHER_NAME', called)
    else if (owner !== undefined && owner !== person)
      fault('marrowNumber', 'MARROW_NUMBER_TAKEN', row.marrowNumber)
    for (const field of ['hospitalNumber', 'marrowNumber'] as const) {
      if (lost[field].has(row.row)) fault(field, 'ZEROS_LOST', row[field])
    }
    seen.add(whole)
    if (number && called === undefined) names.set(number, name)
    if (marrow && owner === undefined) marrows.set(marrow, person)
  }
  return faults
}
