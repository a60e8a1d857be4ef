import { isHeading, matchColumns } from './columns.ts'
import { decode, type Encoding } from './decode.ts'
import { type Row, rowsOf } from './records.ts'

/** Why a row is not read: what stands in its cells cannot be trusted. */
export type RowFault =
  | 'QUOTE_OPEN'
  | 'COLUMNS_MORE'
  | 'COLUMNS_FEWER'
  | 'HEADINGS_AGAIN'
  | 'HEADING_TWICE'
  | 'SUM_OR_NOTE'
  | 'OTHER_ENCODING'

interface TableRow {
  /** The line of the file in which it begins, from 1. */
  row: number
  cells: string[]
  fault?: RowFault
}

/** A table of texts as it stood in a file. */
export interface Table {
  header: string[]
  rows: TableRow[]
  encoding: Encoding
  separator: string
}

const SEPARATORS = [',', ';', '\t', '|'] as const
/** How a line below the patients begins, as printed lists have it. */
const SUM_OR_NOTE = /^(?:合计|总计|共计|小计|总数|制表|打印|统计|备注|说明|审核|(?:sub)?total\b|printed\b)/i
/** What stands in the row of a patient and heads no column: a day, a number, a sex. */
const IS_VALUE = /^(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}.*|\d{1,2}\.\d{1,2}\.\d{4}|\p{Lu}{0,3}\d{3,}|男|女)$/u
/** Rows among which the headings are looked for, and by which a separator is judged. */
const FIRST = 60

/**
 * Reads a file of patients, as spreadsheets and hospital systems write it: UTF-8, UTF-16 with a mark, or GB18030; columns set
 * apart by comma, semicolon, tab, vertical bar or what a line `sep=` names; a title and empty lines may stand above the headings.
 * A row that does not fit has a fault, and the others are read.
 * Errors: Error EMPTY, NOT_TEXT, ENCODING_NOT_KNOWN, SEPARATOR_NOT_KNOWN, HEADINGS_MISSING.
 */
export function readTable(bytes: Uint8Array): Table {
  const { text, encoding, strange } = decode(bytes)
  const named = /^"?sep=([^"\r\n])"?[ ,;\t]*(?:\r\n|\n|\r)/i.exec(text)
  const start = named ? { from: named[0].length, line: 2 } : { from: 0, line: 1 }
  const tried: readonly string[] = named ? [named[1]!] : SEPARATORS
  const guess = tried
    .map((separator) => ({ separator, ...headingsOf(text, separator, start) }))
    .sort(
      (a, b) =>
        b.known - a.known ||
        Number(b.width > 1) - Number(a.width > 1) ||
        b.even - a.even ||
        b.width - a.width,
    )[0]!
  const { separator, headings } = guess
  if (!headings) throw new Error('EMPTY')
  if (guess.width < 2 && !isHeading(headings.cells[0]!)) throw new Error('SEPARATOR_NOT_KNOWN')
  if (guess.known === 0 && headings.cells.some((cell) => IS_VALUE.test(cell.trim())))
    throw new Error('HEADINGS_MISSING')
  const header = headings.cells.map((name) => name.trim())
  const width = header.findLastIndex((name) => name !== '') + 1
  const rows: TableRow[] = []
  for (const row of rowsOf(text, separator, { ...start, width: header.length })) {
    if (row.row <= headings.row || isEmpty(row)) continue
    const fault = faultOf(row, header, width) ?? (isStrange(row, strange) ? 'OTHER_ENCODING' : undefined)
    rows.push({ row: row.row, cells: row.cells, ...(fault && { fault }) })
  }
  if (rows.length === 0) throw new Error('EMPTY')
  return { header, rows, encoding, separator }
}

/** A mark of the end of a file, as old systems write it, is nothing either. */
const isEmpty = ({ cells }: Row) => cells.every((cell) => cell.replace('\x1a', '').trim() === '')

/**
 * The row that names the columns: of the first ones that of whose cells most are known; where none is, the first that is as wide
 * as most are.
 */
function headingsOf(text: string, separator: string, start: { from: number; line: number }) {
  const first: Row[] = []
  for (const row of rowsOf(text, separator, start)) {
    if (!isEmpty(row) && first.push(row) === FIRST) break
  }
  const known = first.map(({ cells }) => Object.keys(matchColumns(cells)).length)
  const most = Math.max(0, ...known)
  const usual = widthOfMost(first)
  const headings = most > 0 ? first[known.indexOf(most)] : first.find(({ cells }) => cells.length === usual)
  const width = headings?.cells.length ?? 0
  return { headings, known: most, width, even: first.filter(({ cells }) => cells.length === width).length }
}

function widthOfMost(rows: readonly Row[]): number {
  const counts = new Map<number, number>()
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0
}

/** `width`: columns up to the last that has a heading. One cell more or less within a row would shift the others. */
function faultOf({ cells, open }: Row, header: readonly string[], width: number): RowFault | undefined {
  if (open) return 'QUOTE_OPEN'
  const behind = cells.slice(width)
  if (cells.length > header.length || behind.some((cell) => cell.trim() !== '')) return 'COLUMNS_MORE'
  if (cells.length < width) return 'COLUMNS_FEWER'
  if (header.every((name, i) => name === (cells[i] ?? '').trim())) return 'HEADINGS_AGAIN'
  if (contradictsItself(header, cells)) return 'HEADING_TWICE'
  const [first = '', ...others] = cells.map((cell) => cell.trim()).filter(Boolean)
  if (others.length < 2 && SUM_OR_NOTE.test(first)) return 'SUM_OR_NOTE'
  return undefined
}

/** Whether columns of one heading say different things. */
function contradictsItself(header: readonly string[], cells: readonly string[]): boolean {
  return header.some((name, i) => {
    const first = header.indexOf(name)
    return name !== '' && first < i && (cells[first] ?? '').trim() !== (cells[i] ?? '').trim()
  })
}

function isStrange({ row, cells }: Row, strange: ReadonlySet<number>): boolean {
  if (strange.size === 0) return false
  const lines = cells.reduce((sum, cell) => sum + cell.split(/\r\n|\n|\r/).length - 1, 1)
  return Array.from({ length: lines }, (_, i) => row + i).some((line) => strange.has(line))
}
