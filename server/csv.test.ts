import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { csvOf } from './csv.ts'

test.each([
  ['plain', 'plain'],
  [null, ''],
  ['', ''],
  [-1.5, '-1.5'],
  [0, '0'],
  ['a,b', '"a,b"'],
  ['a;b', '"a;b"'],
  ['say "a"', '"say ""a"""'],
  ['two\nlines', '"two\nlines"'],
  ['two\r\nlines', '"two\r\nlines"'],
  ['=1+1', "'=1+1"],
  ['+86 10', "'+86 10"],
  ['-1', "'-1"],
  ['@sum', "'@sum"],
  ['\tx', "'\tx"],
  ['＝1', "'＝1"],
  ['=HYPERLINK("a";"b")', `"'=HYPERLINK(""a"";""b"")"`],
])('%j is written %j', (value, written) => {
  expect(csvOf([['x', value, 'y']])).toBe(`x,${written},y\r\n`)
})

test('what is written is read back, with either end of a line', () => {
  const rows = [
    ['骨髓号', 'a "b"; c, d'],
    ['one\r\ntwo', ''],
  ]
  expect(parse(csvOf(rows))).toEqual(rows)
  expect(csvOf([['a'], ['b']], '\n')).toBe('a\nb\n')
})
