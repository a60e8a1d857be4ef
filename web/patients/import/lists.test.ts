/** Lists that are made here, whole and damaged: what is read is what was written, and whatever does not fit is told. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchColumns, rowOf } from './columns.ts'
import { lostZeros } from './lost-zeros.ts'
import { readTable } from './read-file.ts'

const HEADER = ['姓名', '性别', '出生日期', '住院号', '骨髓号', '送检日期', '临床诊断']
const DAMAGES = ['quote', 'dropped', 'added', 'cut', 'encoding'] as const
type Damage = (typeof DAMAGES)[number]

/** By character its bytes in GB18030, of those that take two. */
const GB = new Map<string, number[]>()
for (let lead = 0x81; lead < 0xff; lead++) {
  for (let trail = 0x40; trail < 0xff; trail++) {
    const text = new TextDecoder('gb18030').decode(Uint8Array.of(lead, trail))
    if (text.length === 1 && text !== '\ufffd' && !GB.has(text)) GB.set(text, [lead, trail])
  }
}
const utf8 = (text: string) => [...new TextEncoder().encode(text)]
const gb18030 = (text: string) => [...text].flatMap((one) => GB.get(one) ?? utf8(one))

const text = (signs: readonly string[], minLength: number) =>
  fc.array(fc.constantFrom(...signs), { minLength, maxLength: 7 }).map((all) => all.join('').trim())
const SIGNS = [...'李雷韩梅喆急性髓系白血病贫abcXYZ019-é ', ',', ';', '\t', '|', '"', '\n', '\r\n']
const PLAIN = [...'李雷韩梅急性髓系白血病贫abcXYZ019-']
const cells = (signs: readonly string[]) =>
  fc.tuple(
    text([...'李雷韩梅王伟欧阳'], 2),
    fc.constantFrom('男', '女', ''),
    fc.constantFrom('1960-02-03', '1971/1/2', ''),
    fc.nat(99_999).map((n) => `H${n}`),
    text(signs, 0),
    fc.constantFrom('2025-01-02', ''),
    text(signs, 0),
  )
const row = fc.oneof(
  { weight: 4, arbitrary: fc.record({ cells: cells(SIGNS), damage: fc.constant(undefined) }) },
  { weight: 1, arbitrary: fc.record({ cells: cells(PLAIN), damage: fc.constantFrom(...DAMAGES) }) },
)
const list = fc.record({
  rows: fc.array(row, { minLength: 1, maxLength: 12 }),
  encoding: fc.constantFrom('utf8', 'marked', 'gb18030'),
  separator: fc.constantFrom(',', ';', '\t', '|'),
  end: fc.constantFrom('\n', '\r\n', '\r'),
  always: fc.boolean(),
  named: fc.boolean(),
  title: fc.constantFrom('', '某某医院骨髓检查登记表', '日期：2025年1月'),
  blank: fc.nat(2),
  lastEnd: fc.boolean(),
})

type List = typeof list extends fc.Arbitrary<infer T> ? T : never

/** The bytes of a list, and by the line in which each of its rows begins what it says. */
function written({ rows, encoding, separator, end, always, named, title, blank, lastEnd }: List) {
  const quoted = (cell: string) =>
    always || cell.includes(separator) || /["\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
  const [encode, other] = encoding === 'gb18030' ? [gb18030, utf8] : [utf8, gb18030]
  const bytes: number[] = encoding === 'marked' ? [0xef, 0xbb, 0xbf] : []
  let line = 1
  const add = (more: number[], lines = 1) => {
    bytes.push(...more)
    line += lines
  }
  if (named) add(encode(`sep=${separator}${end}`))
  if (title) add(encode(title + end))
  for (let i = 0; i < blank; i++) add(encode(end))
  add(encode(HEADER.map(quoted).join(separator) + end))
  const expected = new Map<number, { cells: string[]; damage: Damage | undefined }>()
  for (const [i, { cells, damage }] of rows.entries()) {
    if (i % 4 === 3) for (let k = 0; k < blank; k++) add(encode(end))
    expected.set(line, { cells, damage })
    const stands = cells.map(quoted)
    if (damage === 'quote') stands[6] = `"${cells[6]}`
    if (damage === 'dropped') stands.splice(4, 1)
    if (damage === 'added') stands.splice(2, 0, 'x')
    let made = (damage === 'encoding' ? other : encode)(stands.join(separator))
    // The name begins with a character of several bytes; its last one is lost.
    if (damage === 'cut') {
      const first = encode((always ? '"' : '') + [...cells[0]][0]!)
      made = [...made.slice(0, first.length - 1), ...made.slice(first.length)]
    }
    const isLast = i === rows.length - 1
    const lines = 1 + (damage ? 0 : stands.join('').split(/\r\n|\n|\r/).length - 1)
    add([...made, ...(isLast && !lastEnd ? [] : encode(end))], lines)
  }
  return { bytes: Uint8Array.from(bytes), expected }
}

test('none is read wrong without a word, and no row takes its neighbours along', () => {
  fc.assert(
    fc.property(list, (made) => {
      const damaged = made.rows.filter(({ damage }) => damage === 'encoding' || damage === 'cut').length
      // Most of a file is in its encoding, or there is none to speak of.
      fc.pre(damaged * 3 <= made.rows.length)
      const { bytes, expected } = written(made)
      const table = readTable(bytes)
      expect(table.header).toEqual(HEADER)
      expect(table.separator).toBe(made.separator)
      const mapping = matchColumns(table.header)
      const read = new Map(table.rows.map((one) => [one.row, one]))
      for (const [line, { cells, damage }] of expected) {
        const there = read.get(line)
        expect(there, `line ${line}`).toBeDefined()
        const isTold = there!.fault !== undefined || there!.cells.some((cell) => cell.includes('\ufffd'))
        const isRight = JSON.stringify(there!.cells.map((cell) => cell.trim())) === JSON.stringify(cells)
        expect(isTold || isRight, `line ${line}: ${JSON.stringify(there)} for ${JSON.stringify(cells)}`).toBe(
          true,
        )
        // Of a cell of several lines some look like rows; such a row may be told in vain.
        if (!damage && !cells.some((cell) => /[\n\r]/.test(cell))) {
          expect(isTold, `line ${line} is whole: ${JSON.stringify(there)}`).toBe(false)
          expect(rowOf(there!, mapping)).toMatchObject({
            row: line,
            name: cells[0],
            hospitalNumber: cells[3],
          })
        }
        read.delete(line)
      }
      for (const rest of read.values()) expect(rest.fault, JSON.stringify(rest)).toBeDefined()
    }),
    { seed: 19, numRuns: 600 },
  )
})

test('a number that lost its zeros is told wherever the others show how many it had', () => {
  const numbered = (numbers: readonly string[]) =>
    numbers.map((hospitalNumber, i) => rowOf({ row: i + 2, cells: [hospitalNumber] }, { hospitalNumber: 0 }))
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 999_999 }), { minLength: 6, maxLength: 30 }),
      fc.nat(),
      (all, which) => {
        const whole = all.map((n) => String(n).padStart(8, '0'))
        const lost = whole.map((number, i) => (i === which % all.length ? String(all[i]) : number))
        expect([...lostZeros(numbered(whole), 'hospitalNumber')]).toEqual([])
        expect([...lostZeros(numbered(lost), 'hospitalNumber')]).toEqual([2 + (which % all.length)])
      },
    ),
    { seed: 17 },
  )
  expect([...lostZeros(numbered(['123', '4567', 'H01', '89']), 'hospitalNumber')]).toEqual([])
  expect([...lostZeros(numbered(['0123', '98765432', '123', '87654321']), 'hospitalNumber')]).toEqual([4])
})
