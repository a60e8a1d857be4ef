import type { Content, TableCell } from 'pdfmake/interfaces.js'
import { REPORT_PARTS } from '../../../cytology/index.ts'
import { DASH, LINES, type Sheet, textOf } from './parts.ts'
import { ageWords, dayOf, label, sexWord, type Word, word } from './words.ts'

/** Who, where from and when, and how good specimen, smear and stain are. */
export function patientTable(sheet: Sheet): Content {
  const { report, language, madeAt } = sheet
  const { patient, findings, signature } = report
  const cell = (key: Word, value: string, colSpan: number): TableCell =>
    pair(label(language, word(language, key)), value, colSpan)
  const rows: TableCell[][] = [
    [
      cell('name', patient.name, 3),
      cell('sex', sexWord(language, patient.sex), 2),
      cell('age', ageWords(language, report.age), 2),
      cell('department', findings.department, 3),
      cell('bed', findings.bed, 2),
    ],
    [
      cell('hospitalNumber', patient.hospitalNumber, 4),
      cell('marrowNumber', report.case.marrowNumber, 4),
      cell('site', report.case.site, 4),
    ],
    [
      cell('taken', report.case.receivedOn, 4),
      cell('reported', dayOf(signature?.at ?? madeAt), 4),
      cell('stainName', report.case.stain, 4),
    ],
    [cell('clinical', report.case.clinicalNote, 12)],
    [
      pair(label(language, REPORT_PARTS.specimen[language]), textOf(sheet, 'specimen'), 4),
      pair(label(language, REPORT_PARTS.smear[language]), textOf(sheet, 'smear'), 4),
      pair(label(language, REPORT_PARTS.stain[language]), textOf(sheet, 'stain'), 4),
    ],
  ]
  return { table: { widths: Array(12).fill('*'), body: rows.map(spread) }, layout: LINES }
}

const pair = (name: string, value: string, colSpan: number): TableCell => ({
  text: [{ text: name, bold: true }, value || DASH],
  colSpan,
})

/** pdfmake wants an empty cell for every column that a wide one covers. */
const spread = (row: TableCell[]): TableCell[] =>
  row.flatMap((cell) => [cell, ...Array(((cell as { colSpan?: number }).colSpan ?? 1) - 1).fill({})])
