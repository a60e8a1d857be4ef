import { expect, test } from 'vitest'
import { howConfirmed } from './how-confirmed.ts'

test('cells by how their review came about, one by one or in groups', () => {
  expect(
    howConfirmed([
      { reviewed: 1, confirmed: 'singly', count: 430 },
      { reviewed: true, confirmed: 'together' },
      { reviewed: 1, confirmed: 'together', count: 69 },
      { reviewed: 1, confirmed: null, count: 3 },
      { reviewed: 0, confirmed: null },
    ]),
  ).toEqual({ singly: 430, together: 70, unknown: 3, unreviewed: 1 })
  expect(howConfirmed([])).toEqual({ singly: 0, together: 0, unknown: 0, unreviewed: 0 })
})
