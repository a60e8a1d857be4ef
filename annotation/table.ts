import { parse } from 'csv-parse/sync'
import { invalidLabels, readLabels } from './label-file.ts'

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
  oneOf<Value extends string>(column: string, values: readonly Value[]): Value
}

/**
 * Reads a CSV file with a header line.
 *
 * Errors: LABELS_NOT_READABLE; TABLE_INVALID, with the line.
 */
export async function readTable(file: string): Promise<Row[]> {
  const text = await readLabels(file)
  try {
    const lines = parse<Line>(text, { columns: true, bom: true, skip_empty_lines: true, info: true })
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
  return {
    text,
    optional: (column) => record[column] || undefined,
    number(column) {
      const value = Number(text(column))
      if (!Number.isFinite(value)) throw refuse(`'${column}' is '${text(column)}' and not a number`)
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
