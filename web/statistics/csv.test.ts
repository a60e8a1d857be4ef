import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { csvOf } from './csv.ts'

test('another program reads the table, and no cell is a formula', () => {
  const rows = [
    ['Blast, "early"', -1.5, null],
    ['=1+1', 2, '骨髓'],
  ]
  const read = parse(csvOf({ columns: ['type', 'n', 'x'], rows }), { bom: true })
  expect(read).toEqual([
    ['type', 'n', 'x'],
    ['Blast, "early"', '-1.5', ''],
    ["'=1+1", '2', '骨髓'],
  ])
})
