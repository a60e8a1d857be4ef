import type { Content, TableCell } from 'pdfmake/interfaces.js'
import { type BothLanguages, inLanguage, REPORT_PARTS } from '../../../cytology/index.ts'
import { DASH, LINES, type Sheet, textOf } from './parts.ts'
import { ageWords, dayOf, label, minuteOf, sexWord, type Word, word } from './words.ts'

/** Logo, hospital, laboratory and address; nothing where the site has none. */
export function letterhead({ report, language, logo }: Sheet): Content[] {
  const head = report.letterhead
  if (!head) return []
  const line = (text: BothLanguages, style: object): Content[] => {
    const words = inLanguage(text, language)
    return words ? [{ text: words, alignment: 'center', ...style }] : []
  }
  const lines = [
    ...line(head.hospital, { bold: true, fontSize: 13 }),
    ...line(head.laboratory, { fontSize: 10 }),
    ...line(head.address, { fontSize: 7.5, color: '#333333' }),
  ]
  // As wide on the right as the logo is on the left, so that the lines stand in the middle of the page.
  const side = 110
  return [
    {
      columns: logo
        ? [
            { width: side, image: logo, fit: [side, 38] },
            { width: '*', stack: lines },
            { width: side, text: '' },
          ]
        : [{ width: '*', stack: lines }],
      margin: [0, 0, 0, 3],
    },
  ]
}

/** At the top of what was added to after it was signed: that it was, and when. */
export function amended({ report, language, preview }: Sheet): Content[] {
  if (report.addenda.length === 0) return []
  const when = report.addenda.map(({ at }) => minuteOf(at)).join(language === 'zh' ? '、' : ', ')
  const text = [
    { text: `${word(language, 'amended')}  `, bold: true, fontSize: 11 },
    { text: word(language, 'amendedBy', { when }) },
    { text: preview ? `  ${word(language, 'previewOnly')}` : '', bold: true },
  ]
  return [
    {
      table: { widths: ['*'], body: [[{ text, alignment: 'center', color: '#8a1000' }]] },
      layout: { ...LINES, hLineColor: () => '#8a1000', vLineColor: () => '#8a1000' },
      fontSize: 8.5,
      margin: [0, 0, 0, 4],
    },
  ]
}

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
    ...(report.case.requester
      ? [[cell('clinical', report.case.clinicalNote, 8), cell('requester', report.case.requester, 4)]]
      : [[cell('clinical', report.case.clinicalNote, 12)]]),
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
