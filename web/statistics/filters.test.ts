import { expect, test } from 'vitest'
import { filterBody, filtersOf } from './filters.ts'

test('an address names filters; what is empty, doubled or of something else is left out', () => {
  const filters = filtersOf({
    from: '2024-01-01',
    site: '',
    reader: ['a', 'b'],
    of: 'blast',
    atLeast: '5',
    synthetic: 'true',
  })
  expect(filters).toEqual({ from: '2024-01-01', atLeast: '5', synthetic: 'true' })
  expect(filterBody(filters)).toEqual({ from: '2024-01-01', atLeast: 5, synthetic: true })
})
