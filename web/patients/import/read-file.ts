import { type CsvError, parse } from 'csv-parse/browser/esm/sync'

/** A table of texts as it stood in a file. */
export interface Table {
  header: string[]
  /** Each with its number in the file; the header is row 1. */
  rows: { row: number; cells: string[] }[]
  encoding: 'UTF-8' | 'UTF-16' | 'GB18030'
  separator: ',' | ';' | '\t'
}

const SEPARATORS = [',', ';', '\t'] as const
/** Rows that are tried to find out what separates the columns. */
const TRIED = 20

/**
 * Reads a file of patients, as spreadsheets and hospital systems write it: UTF-8 with or without a mark, UTF-16 with one,
 * else GB18030, which holds GBK and GB2312; columns set apart by comma, semicolon or tab.
 * Errors: Error EMPTY, NOT_TEXT, or what is wrong with the quotes and in which line.
 */
export function readTable(bytes: Uint8Array): Table {
  const { text, encoding } = decode(bytes)
  if (text.includes('\0')) throw new Error('NOT_TEXT')
  const separator = separatorOf(text)
  const records = split(text, separator)
  const [header, ...rest] = records
  if (!header || rest.length === 0) throw new Error('EMPTY')
  return {
    header: header.cells.map((name) => name.trim()),
    rows: rest.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')),
    encoding,
    separator,
  }
}

function decode(bytes: Uint8Array): { text: string; encoding: Table['encoding'] } {
  const utf16 =
    (bytes[0] === 0xff && bytes[1] === 0xfe && 'utf-16le') ||
    (bytes[0] === 0xfe && bytes[1] === 0xff && 'utf-16be')
  if (utf16) return { text: new TextDecoder(utf16).decode(bytes), encoding: 'UTF-16' }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' }
  } catch {
    // Whatever is no GB18030 either becomes a sign that the check of the rows finds.
    return { text: new TextDecoder('gb18030').decode(bytes), encoding: 'GB18030' }
  }
}

/** The one that splits the first rows into the most columns. */
function separatorOf(text: string): Table['separator'] {
  const start = text.slice(0, 100_000)
  const columns = SEPARATORS.map((separator) => {
    try {
      const [header, ...some] = split(start, separator, TRIED)
      const width = header?.cells.length ?? 0
      return { separator, width, even: some.filter(({ cells }) => cells.length === width).length }
    } catch {
      return { separator, width: 0, even: 0 }
    }
  })
  columns.sort((a, b) => Number(b.width > 1) - Number(a.width > 1) || b.even - a.even || b.width - a.width)
  return columns[0]!.separator
}

function split(text: string, separator: string, limit?: number): Table['rows'] {
  try {
    const records = parse(text, {
      bom: true,
      delimiter: separator,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      info: true,
      ...(limit && { to: limit }),
    }) as unknown as { record: string[]; info: { records: number } }[]
    return records.map(({ record, info }) => ({ row: info.records, cells: record }))
  } catch (error) {
    const { lines } = error as CsvError & { lines?: number }
    throw new Error(`${(error as Error).message}${lines ? ` (${lines})` : ''}`)
  }
}
