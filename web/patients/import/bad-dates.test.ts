import { expect, test } from 'vitest'
import type { ImportFault } from '../../api/types.ts'
import { faultsOfDatesAlone, without } from './bad-dates.ts'
import { rowOf } from './columns.ts'

const fault = (row: number, field: ImportFault['field'], code: ImportFault['code']): ImportFault => ({
  ...{ row, field, code, found: '?' },
})

test('a row is taken without its bad date only where nothing else is wrong', () => {
  const mapping = { name: 0, birthDate: 1, receivedOn: 2 }
  const rows = [2, 3, 4].map((row) => rowOf({ row, cells: [`P${row}`, '1960-13-01', '2026-01-02'] }, mapping))
  const bad = [
    fault(2, 'birthDate', 'DATE_IMPOSSIBLE'),
    fault(3, 'birthDate', 'DATE_IMPOSSIBLE'),
    fault(3, 'sex', 'SEX_NOT_KNOWN'),
  ]
  const alone = faultsOfDatesAlone(bad)
  expect(alone).toEqual([bad[0]])
  const left = without(rows, alone)
  expect(left.map(({ birthDate }) => birthDate)).toEqual(['', '1960-13-01', '1960-13-01'])
  expect(left[0]).toMatchObject({ name: 'P2', receivedOn: '2026-01-02' })
})
