/** Text as rows of cells, as RFC 4180 has it, so that a row which breaks its rules takes no other row along. */

export interface Row {
  /** The line of the file in which it begins, from 1. */
  row: number
  cells: string[]
  /** A quote is opened in it that is not closed where a cell ends, or not before other rows. */
  open?: true
}

interface Read {
  cells: string[]
  /** Where it ends, before the end of its last line. */
  end: number
  /** A quote within quotes is neither doubled nor the last sign of its cell. */
  stray: boolean
  open: boolean
}

/** Rows from a place in the text on, empty ones too; `width` is how many cells the headings have, if that is known. */
export function* rowsOf(
  text: string,
  separator: string,
  { from = 0, line = 1, width }: { from?: number; line?: number; width?: number } = {},
): Generator<Row> {
  const plain = new RegExp(`[^\\n\\r${escaped(separator)}]*`, 'y')
  let [at, row] = [from, line]
  while (at < text.length) {
    const read = readRow(text, at, separator, plain)
    const broken = read.open || swallows(read, separator, width)
    const end = broken ? endOfLine(text, at) : read.end
    yield broken
      ? { row, cells: text.slice(at, end).split(separator), open: true }
      : { row, cells: read.cells }
    row += 1 + lineEnds(text.slice(at, end))
    at = end + (text.startsWith('\r\n', end) ? 2 : 1)
  }
}

const escaped = (separator: string) => separator.replace(/[\\\]^-]/, '\\$&')
const lineEnds = (text: string) => text.match(/\r\n|\n|\r/g)?.length ?? 0

function endOfLine(text: string, from: number): number {
  const end = /[\n\r]/g
  end.lastIndex = from
  return end.exec(text)?.index ?? text.length
}

/** Whether a row of several lines holds what were rows of their own: a quote that was never closed met the next one. */
function swallows({ cells, stray }: Read, separator: string, width = 0): boolean {
  const long = cells.filter((cell) => /[\n\r]/.test(cell))
  if (long.length === 0) return false
  if (stray || (width > 0 && cells.length !== width)) return true
  const most = Math.max(width, 2)
  return long.some((cell) =>
    cell
      .split(/\r\n|\n|\r/)
      .slice(1)
      .some((one) => one.split(separator).length >= most),
  )
}

function readRow(text: string, from: number, separator: string, plain: RegExp): Read {
  const read: Read = { cells: [], end: from, stray: false, open: false }
  for (let at = from; ; at = read.end + 1) {
    let start = at
    while (text[start] === ' ') start++
    if (text[start] === '"') {
      readQuoted(text, start + 1, separator, read)
      if (read.open) return read
    } else {
      plain.lastIndex = at
      const [cell] = plain.exec(text)!
      read.cells.push(cell)
      read.end = at + cell.length
    }
    if (text[read.end] !== separator) return read
  }
}

/** The cell whose quotes begin before `from`. */
function readQuoted(text: string, from: number, separator: string, read: Read): void {
  let cell = ''
  for (let at = from; ; ) {
    const quote = text.indexOf('"', at)
    if (quote < 0) {
      read.open = true
      return
    }
    if (text[quote + 1] === '"') {
      cell += text.slice(at, quote + 1)
      at = quote + 2
      continue
    }
    let after = quote + 1
    while (text[after] === ' ') after++
    if (after >= text.length || text[after] === separator || text[after] === '\n' || text[after] === '\r') {
      read.cells.push(cell + text.slice(at, quote))
      read.end = after
      return
    }
    read.stray = true
    cell += text.slice(at, quote + 1)
    at = quote + 1
  }
}
