import type { Report } from '../../cytology/index.ts'
import type { Language } from './pdf/words.ts'
import { COLUMNS, countRows, type Value } from './tables.ts'

/** So that spreadsheets take the text for UTF-8. */
const MARK = '\uFEFF'

/** The counts of a report as CSV (RFC 4180), a row an item; the first column repeats whose they are. */
export function reportCsv(report: Report, language: Language): string {
  const whose = report.case.marrowNumber
  const rows: Value[][] = [
    ['marrow_number', ...COLUMNS],
    ...countRows(report, language).map((row) => [whose, ...row]),
    [whose, 'notice', report.notice, null, null, null, null, null, null],
    ...(report.case.synthetic ? [[whose, 'synthetic', 'true', null, null, null, null, null, null]] : []),
  ]
  return MARK + rows.map((row) => `${row.map(field).join(',')}\r\n`).join('')
}

function field(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  // A spreadsheet would take these for a formula.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
