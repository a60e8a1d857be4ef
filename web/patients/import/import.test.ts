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
      { row: 6, cells: ['王', 'a', 'b', 'c'], fault: 'COLUMNS_MORE' },
      { row: 7, cells: ['李'], fault: 'COLUMNS_FEWER' },
    ])
  })

  test.each([
    ['sep=', '\ufeffsep=,\r\n姓名,性别\r\n李雷,男\r\n', 3, ','],
    ['sep= of a sign that is never guessed', 'sep=^\n姓名^性别\n李雷^男', 3, '^'],
    ['a title', '某某医院骨髓检查登记表\n\n姓名,性别\n李雷,男', 4, ','],
    ['a title as wide as the table', '姓名登记表,,\n日期：2025,,\n姓名,性别,住院号\n李雷,男,H1', 4, ','],
    ['empty lines', '\n\n姓名|性别\n\n李雷|男', 5, '|'],
    ['empty lines of separators', ';;\n姓名;性别;\n;;\n李雷;男;', 4, ';'],
    ['old line ends', '姓名\t性别\r李雷\t男\r', 2, '\t'],
  ])('headings and lines: %s', (_, text, line, separator) => {
    const table = readTable(utf8(text))
    expect([table.header.slice(0, 2), table.separator]).toEqual([['姓名', '性别'], separator])
    expect(table.rows.map(({ row, fault }) => [row, fault])).toEqual([[line, undefined]])
  })

  test.each([
    ['"未闭合', 'QUOTE_OPEN'],
    ['"未闭合", "', 'QUOTE_OPEN'],
    ['贫血, 待查', 'COLUMNS_MORE'],
    ['a,', 'COLUMNS_MORE'],
  ])('a row that does not fit is told with its line, and the next is read: %s', (cell, fault) => {
    for (const next of ['王,女,x', '"王","女","x"', '王,女,"x"', '王,"",x', '"王",女,""', '王,女,x"']) {
      const { rows } = readTable(utf8(`姓名,性别,诊断\n李,男,${cell}\n${next}\n赵,男,y`))
      expect(rows.map((row) => [row.row, row.cells[0]!.replaceAll('"', ''), row.fault])).toEqual([
        [2, '李', fault],
        [3, '王', undefined],
        [4, '赵', undefined],
      ])
    }
  })

  test('one row in another encoding, or cut within a character, is told alone', () => {
    const [li, nan] = [
      [0xc0, 0xee, 0xc0, 0xd7],
      [0xc4, 0xd0],
    ] as const
    const told = (bytes: number[]) =>
      readTable(Uint8Array.from(bytes)).rows.map(
        ({ row, cells, fault }) => [row, fault ?? cells.join().includes('\ufffd')] as const,
      )
    const inUtf8 = [...utf8('姓名,性别\n王伟,男\n'), ...li, 0x2c, ...nan, 0x0a, ...utf8('韩梅梅,女\n')]
    expect(told(inUtf8)).toEqual([
      [2, false],
      [3, true],
      [4, false],
    ])
    const inGb = [...GB18030, ...utf8('李雷,男\n'), ...li, 0x2c, ...nan]
    expect(told(inGb)).toEqual([
      [2, false],
      [3, 'OTHER_ENCODING'],
      [4, false],
    ])
    const cut = [...utf8('name,note\nAnna,b\n王,急性髓系'), 0xe7, 0x97, ...utf8('\n李,x')]
    expect(told(cut)).toEqual([
      [2, false],
      [3, true],
      [4, false],
    ])
  })

  test('headings that come again, as printed pages have them, are nobody', () => {
    const { rows } = readTable(utf8('姓名,住院号\n李,1\n姓名,住院号\n王,2'))
    expect(rows.map(({ fault }) => fault)).toEqual([undefined, 'HEADINGS_AGAIN', undefined])
  })

  test('a sum below the list is nobody', () => {
    const { rows } = readTable(utf8('姓名,性别,住院号\n李,男,1\n合计：1人,,\n制表：,王,\n'))
    expect(rows.map(({ row, fault }) => [row, fault])).toEqual([
      [2, undefined],
      [3, 'SUM_OR_NOTE'],
      [4, 'SUM_OR_NOTE'],
    ])
  })

  test('neither UTF-8 nor GB18030, or columns set apart by nothing known: refused', () => {
    const latin1 = Uint8Array.from(
      [...'name;note\nM\xfcller;caf\xe9\nJos\xe9;x\n'].map((c) => c.charCodeAt(0)),
    )
    expect(() => readTable(latin1)).toThrow('ENCODING_NOT_KNOWN')
    expect(() => readTable(utf8('姓名^性别\n李雷^男\n'))).toThrow('SEPARATOR_NOT_KNOWN')
    expect(readTable(utf8('姓名\n李雷\n')).rows).toEqual([{ row: 2, cells: ['李雷'] }])
  })

  test('two columns of one heading are told where they say different things', () => {
    const { rows } = readTable(utf8('姓名,住院号,住院号\n李,1,1\n王,2,3\n赵,4,'))
    expect(rows.map(({ fault }) => fault)).toEqual([undefined, 'HEADING_TWICE', 'HEADING_TWICE'])
  })

  test.each(['李雷,男,H1\n王,女,H2', '1,李雷,1960-02-03\n2,王,1961-01-01', 'Anna,12345\nBert,12346'])(
    'a list without headings is refused, for its first patient would be lost: %j',
    (text) => expect(() => readTable(utf8(text))).toThrow('HEADINGS_MISSING'),
  )

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
    row(9, '张', '无', '-'),
    row(10, '孙', '无', '-'),
  ])
  expect(faults.map(({ row: at, code }) => [at, code])).toEqual([
    [4, 'OTHER_NAME'],
    [5, 'MARROW_NUMBER_TAKEN'],
    [6, 'ROW_TWICE'],
    [7, 'OTHER_NAME'],
    [8, 'MARROW_NUMBER_TAKEN'],
  ])
})
