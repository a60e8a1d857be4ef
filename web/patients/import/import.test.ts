import { describe, expect, test } from 'vitest'
import { csvOf } from '../csv.ts'
import { matchColumns, rowOf } from './columns.ts'
import { readTable } from './read-file.ts'
import { faultsWithin } from './twice.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
/** 姓名,性别\n李雷,男\n */
const GB18030 = Uint8Array.from([
  ...[0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xd0, 0xd4, 0xb1, 0xf0, 0x0a],
  ...[0xc0, 0xee, 0xc0, 0xd7, 0x2c, 0xc4, 0xd0, 0x0a],
])
const cells = (bytes: Uint8Array) => readTable(bytes).rows.map((row) => row.cells)

describe('a file is read as it was written', () => {
  test.each([
    ['comma', utf8('姓名,性别\n李雷,男\n'), 'UTF-8', ','],
    ['semicolon, with a mark and CRLF', utf8('\ufeff姓名;性别\r\n李雷;男\r\n'), 'UTF-8', ';'],
    ['tab, without an end of line', utf8('姓名\t性别\n李雷\t男'), 'UTF-8', '\t'],
    ['GB18030', GB18030, 'GB18030', ','],
    [
      'UTF-16',
      Uint8Array.from([
        0xff,
        0xfe,
        ...new Uint8Array(Uint16Array.from([...'姓名,性别\n李雷,男\n'].map((c) => c.charCodeAt(0))).buffer),
      ]),
      'UTF-16',
      ',',
    ],
  ])('%s', (_, bytes, encoding, separator) => {
    expect(readTable(bytes)).toEqual({
      header: ['姓名', '性别'],
      rows: [{ row: 2, cells: ['李雷', '男'] }],
      encoding,
      separator,
    })
  })

  test('quotes, separators and line ends within a cell; empty rows; rows of other lengths', () => {
    const text = 'name,note\n"Bohr, Anna","two\nlines; ""quoted"""\n\n,\n王,a,b,c\n李\n'
    expect(readTable(utf8(text)).rows).toEqual([
      { row: 2, cells: ['Bohr, Anna', 'two\nlines; "quoted"'] },
      { row: 4, cells: ['王', 'a', 'b', 'c'] },
      { row: 5, cells: ['李'] },
    ])
  })

  test('what is no table is refused', () => {
    expect(() => readTable(utf8(''))).toThrow('EMPTY')
    expect(() => readTable(utf8('姓名,性别\n'))).toThrow('EMPTY')
    expect(() => readTable(Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]))).toThrow('NOT_TEXT')
  })

  test('what is written is read back, and no cell becomes a formula', () => {
    const rows = [
      ['a', '=1+1'],
      ['"x"', 'y,\nz'],
    ]
    const text = csvOf([['h', 'i'], ...rows])
    expect(cells(utf8(text))).toEqual([
      ['a', "'=1+1"],
      ['"x"', 'y,\nz'],
    ])
  })

  test('a hundred thousand rows in some seconds', () => {
    const lines = Array.from({ length: 100_000 }, (_, i) => `李${i},男,1960-01-01,${i}`)
    expect(readTable(utf8(`姓名,性别,出生日期,住院号\n${lines.join('\n')}`)).rows).toHaveLength(100_000)
  }, 20_000)
})

describe('columns are matched by what they are called', () => {
  test.each([
    [
      ['序号', '姓名', '性别', '出生日期', '住院号', '骨髓号', '取材部位', '送检日期', '临床诊断', '备注'],
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
    ],
    [
      ['Patient name', 'Sex', 'Date of birth', 'MRN', 'Marrow No.', 'Site', 'Received', 'Diagnosis', 'Notes'],
      [0, 1, 2, 3, 4, 5, 6, 7, 8],
    ],
  ])('%j', (header, columns) => {
    expect(Object.values(matchColumns(header))).toEqual(columns)
  })

  test('with what stands behind the word; a column that is not known is left out; each is taken once', () => {
    expect(matchColumns(['姓名（必填）', '病案号 ', '年龄', '诊断', '临床诊断'])).toEqual({
      name: 0,
      hospitalNumber: 1,
      diagnosis: 4,
    })
    expect(rowOf({ row: 7, cells: ['李'] }, { name: 0, sex: 3 })).toMatchObject({
      row: 7,
      name: '李',
      sex: '',
    })
  })
})

test('what contradicts itself within a file is found, and a person who comes twice is none of it', () => {
  const row = (number: number, name: string, hospitalNumber: string, marrowNumber: string) =>
    rowOf(
      { row: number, cells: [name, hospitalNumber, marrowNumber] },
      { name: 0, hospitalNumber: 1, marrowNumber: 2 },
    )
  const faults = faultsWithin([
    row(2, '李雷', 'H1', 'B1'),
    row(3, '李雷', 'h1', 'B2'),
    row(4, '韩梅梅', 'H1', 'B3'),
    row(5, '王', 'H2', 'b2'),
    row(6, '李雷', 'H1', 'B1'),
    row(7, '韩梅梅', 'Ｈ\u200b1', 'B4'),
    row(8, '王', 'H-3', 'B\u00ad1'),
  ])
  expect(faults.map(({ row: at, code }) => [at, code])).toEqual([
    [4, 'OTHER_NAME'],
    [5, 'MARROW_NUMBER_TAKEN'],
    [6, 'ROW_TWICE'],
    [7, 'OTHER_NAME'],
    [8, 'MARROW_NUMBER_TAKEN'],
  ])
})
