import { stringify } from 'csv-stringify/sync'

export type CsvValue = string | number | null

/** By it spreadsheets take a file for UTF-8 where it begins the file. */
export const UTF8_MARK = '\uFEFF'

/**
 * Rows as CSV (RFC 4180), each with its `lineEnd`; null is empty. A spreadsheet would run a text that begins like a formula: an
 * apostrophe before it keeps it text. What holds a `;` is quoted too, for where a spreadsheet splits there.
 */
export const csvOf = (rows: readonly (readonly CsvValue[])[], lineEnd: '\r\n' | '\n' = '\r\n'): string =>
  stringify(rows as CsvValue[][], {
    record_delimiter: lineEnd,
    escape_formulas: true,
    quoted_match: /[;\r\n]/,
  })
