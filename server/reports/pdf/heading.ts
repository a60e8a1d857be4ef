import type { Content, TableCell } from 'pdfmake/interfaces.js'
import { DASH, LINES, type Sheet, textOf } from './parts.ts'
import { ageWords, dayOf, sexWord, type Word, word } from './words.ts'

/** Who, where from and when, and how good specimen, smear and stain are. */
export function patientTable(sheet: Sheet): Content {
  const { report, language, madeAt } = sheet
  const { patient, findings, signature } = report
  const cell = (key: Word, value: string, colSpan = 1): TableCell => pair(word(language, key), value, colSpan)
  const rows: TableCell[][] = [
    [
      cell('name', patient.name, 2),
      cell('sex', sexWord(language, patient.sex)),
      cell('age', ageWords(language, report.age)),
      cell('department', findings.department),
      cell('bed', findings.bed),
    ],
    [
      cell('hospitalNumber', patient.hospitalNumber, 2),
      cell('marrowNumber', report.case.marrowNumber, 2),
      cell('site', report.case.site, 2),
    ],
    [
      cell('taken', report.case.receivedOn, 2),
      cell('reported', dayOf(signature?.at ?? madeAt), 2),
      cell('stainName', report.case.stain, 2),
    ],
    [cell('clinical', report.case.clinicalNote, 6)],
    [
      pair(language === 'zh' ? '取材' : 'Aspirate', textOf(sheet, 'specimen'), 2),
      pair(language === 'zh' ? '涂片' : 'Smear', textOf(sheet, 'smear'), 2),
      pair(language === 'zh' ? '染色' : 'Stain quality', textOf(sheet, 'stain'), 2),
    ],
  ]
  return { table: { widths: Array(6).fill('*'), body: rows.map(spread) }, layout: LINES }
}

const pair = (label: string, value: string, colSpan: number): TableCell => ({
  text: [{ text: `${label}: `, bold: true }, value || DASH],
  colSpan,
})

/** pdfmake wants an empty cell for every column that a wide one covers. */
const spread = (row: TableCell[]): TableCell[] =>
  row.flatMap((cell) => [cell, ...Array(((cell as { colSpan?: number }).colSpan ?? 1) - 1).fill({})])
