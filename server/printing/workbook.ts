import writeExcelFile from 'write-excel-file/node'
import type { Report } from '../../cytology/index.ts'
import { type Language, word } from './pdf/words.ts'
import { COLUMNS, countRows, textRows, type Value } from './tables.ts'

/** The report as an Excel workbook: one sheet with the counts, one with everything else. */
export function reportWorkbook(report: Report, language: Language): Promise<Buffer> {
  const cell = (value: Value) =>
    value === null ? null : { value, wrap: true, alignVertical: 'top' as const }
  const headings = COLUMNS.map((value) => ({ value, fontWeight: 'bold' as const }))
  return writeExcelFile([
    {
      sheet: word(language, 'differential').slice(0, 31),
      data: [headings, ...countRows(report, language).map((row) => row.map(cell))],
      columns: COLUMNS.map((name) => ({ width: name === 'name' ? 34 : name === 'item' ? 24 : 12 })),
      stickyRowsCount: 1,
    },
    {
      sheet: language === 'zh' ? '报告' : 'Report',
      data: textRows(report, language).map(([what, value]) => [
        { value: what, fontWeight: 'bold' as const },
        cell(value),
      ]),
      columns: [{ width: 26 }, { width: 90 }],
    },
  ]).toBuffer()
}
