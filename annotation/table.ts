import { parse } from 'csv-parse/sync'
import { decodeLabels, invalidLabels } from './label-file.ts'
import type { LabelProblem } from './label-problems.ts'
import { encodingTold } from './label-text.ts'

interface Line {
  record: Record<string, string>
  info: { lines: number }
}

/** One line of a table. Each getter throws TABLE_INVALID, with the line, where the value is not of its kind. */
export interface Row {
  text(column: string): string
  /** The text, or undefined where the column is not there or empty. */
  optional(column: string): string | undefined
  /** A finite number. */
  number(column: string): number
  /** A number above 0. */
  positive(column: string): number
  oneOf<Value extends string>(column: string, values: readonly Value[]): Value
}

/**
 * Reads a CSV file with a header line, its columns set apart by comma, semicolon or tab.
 *
 * @param tell of what had to be guessed, as the encoding
 * Errors: LABELS_NOT_READABLE; TABLE_INVALID, with the line.
 */
export async function readTable(file: string, tell?: (problem: LabelProblem) => void): Promise<Row[]> {
  const decoded = await decodeLabels(file)
  for (const problem of encodingTold(decoded, file)) tell?.(problem)
  const { text } = decoded
  const header = text.trimStart().split(/\r|\n/, 1)[0]!
  const delimiter = [',', ';', '\t'].find((mark) => header.includes(mark)) ?? ','
  try {
    const options = { columns: true, bom: true, skip_empty_lines: true, info: true } as const
    const lines = parse<Line>(text, { ...options, delimiter })
    return lines.map(({ record, info }) => rowOf(file, info.lines, record))
  } catch (cause) {
    const { lines, message } = cause as { lines?: number; message: string }
    throw invalidLabels('TABLE_INVALID', file, `line ${lines ?? 1}`, message, cause)
  }
}

function rowOf(file: string, line: number, record: Record<string, string>): Row {
  const refuse = (why: string) => invalidLabels('TABLE_INVALID', file, `line ${line}`, why)
  const text = (column: string) => {
    const value = record[column]
    if (value === undefined || value === '') throw refuse(`there is no '${column}'`)
    return value
  }
  const number = (column: string) => {
    const value = Number(text(column))
    if (!Number.isFinite(value)) throw refuse(`'${column}' is '${text(column)}' and not a number`)
    return value
  }
  return {
    text,
    optional: (column) => record[column] || undefined,
    number,
    positive(column) {
      const value = number(column)
      if (value <= 0) throw refuse(`'${column}' is '${value}' and not above 0`)
      return value
    },
    oneOf(column, values) {
      const value = values.find((v) => v === text(column))
      if (value === undefined)
        throw refuse(`'${column}' is '${text(column)}', not one of ${values.join(', ')}`)
      return value
    },
  }
}
