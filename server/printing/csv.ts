import type { Report } from '../../cytology/index.ts'
import { csvOf, UTF8_MARK } from '../csv.ts'
import type { Language } from './pdf/words.ts'
import { COLUMNS, countRows, type Value } from './tables.ts'

/** The counts of a report as CSV, a row an item; the first column repeats whose they are. */
export function reportCsv(report: Report, language: Language): string {
  const whose = report.case.marrowNumber
  const rows: Value[][] = [
    ['marrow_number', ...COLUMNS],
    ...countRows(report, language).map((row) => [whose, ...row]),
    [whose, 'notice', report.notice, null, null, null, null, null, null],
    ...(report.case.synthetic ? [[whose, 'synthetic', 'true', null, null, null, null, null, null]] : []),
  ]
  return UTF8_MARK + csvOf(rows)
}
