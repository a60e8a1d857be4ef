/** The two printed forms of a report, as pdfmake's document definition. */
import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import { INTENDED_USE, LINEAGE_PARTS, type ReportPart, ruleName } from '../../../cytology/index.ts'
import { addenda, method, signatures } from './closing.ts'
import { amended, letterhead, patientTable } from './heading.ts'
import {
  cellularityText,
  differentialTable,
  megakaryocyteTable,
  namedCells,
  pictureRows,
  RULED,
  ratioText,
  type Sheet,
  section,
  textTable,
} from './parts.ts'
import { word } from './words.ts'

const PAGE = { left: 34, top: 30, right: 34, bottom: 34 }
const WIDTH = 595.28 - PAGE.left - PAGE.right
const LEFT = 304
const GAP = 10

/** Order of the texts: the Chinese form follows 骨髓象, 血片, 细胞化学; the English one the order of the ICSH report. */
const CHINESE: readonly ReportPart[] = [...LINEAGE_PARTS, 'blood_film', 'cytochemistry', 'opinion']
const ENGLISH: readonly ReportPart[] = [
  'blood_film',
  'erythroid',
  'granulocytic',
  'megakaryocytic',
  'lymphoid',
  'plasma_cell',
  'monocytic',
  'cytochemistry',
  'opinion',
]

export function form(sheet: Sheet): TDocumentDefinitions {
  const { report, language, madeAt } = sheet
  return {
    pageSize: 'A4',
    pageMargins: [PAGE.left, PAGE.top, PAGE.right, PAGE.bottom],
    defaultStyle: { font: 'Noto', fontSize: 9, lineHeight: 1.1 },
    info: {
      title: `${word(language, 'title')} ${report.case.marrowNumber}`,
      subject: INTENDED_USE,
      creator: 'Marrowscope',
      producer: 'Marrowscope',
      creationDate: new Date(report.signature?.at ?? madeAt),
    },
    header: (page) => pageHead(sheet, page),
    footer: (page, pages) => pageFoot(sheet, page, pages),
    ...(report.signature && !sheet.preview
      ? {}
      : {
          watermark: {
            text: word(language, sheet.preview ? 'previewOnly' : 'draft'),
            color: '#808080',
            opacity: 0.16,
            bold: true,
            fontSize: 46,
          },
        }),
    content: [
      ...amended(sheet),
      ...letterhead(sheet),
      { text: word(language, 'title'), bold: true, fontSize: 17, alignment: 'center', margin: [0, 2, 0, 6] },
      patientTable(sheet),
      {
        columns: [
          { width: LEFT, stack: [differentialTable(sheet), ...notConfirmed(sheet)] },
          { width: '*', stack: beside(sheet) },
        ],
        columnGap: GAP,
        margin: [0, 8, 0, 8],
      },
      ...namedCells(sheet),
      textTable(sheet, language === 'zh' ? CHINESE : ENGLISH),
      ...furtherPictures(sheet),
      signatures(sheet),
      ...addenda(sheet),
      method(sheet),
    ],
  }
}

/** Below the table: whether the ranges in it are the laboratory's own. */
function notConfirmed({ report: { reference }, language }: Sheet): Content[] {
  if (reference.confirmed !== false) return []
  const text = word(language, 'notConfirmed', { name: reference.name })
  return [{ text, fontSize: 7, color: '#8a1000', margin: [0, 2, 0, 0] }]
}

/** Pictures that have their place at the table's right. */
const BESIDE = 2

/** The other pictures, smaller; a row is never torn apart, and the heading stays with the first. */
function furtherPictures(sheet: Sheet): Content[] {
  const rest = sheet.pictures.slice(BESIDE)
  const rows = pictureRows(sheet, rest, 5, WIDTH, BESIDE + 1, 84)
  return rows.map((row, i) => ({
    stack: i === 0 ? [section(word(sheet.language, 'pictures')), row] : [row],
    unbreakable: true,
  }))
}

/** What stands at the right of the table: ratios, megakaryocytes, the first pictures. */
function beside(sheet: Sheet): Content[] {
  const { report, language } = sheet
  const row = (label: string, value: TableCell): TableCell[] => [{ text: label, bold: true }, value]
  const { ratio, granulocyteToErythroid: ge } = report
  const named = {
    text: ruleName(language, { id: ratio.rule, name: ratio.name }),
    color: '#555555',
    fontSize: 6.5,
  }
  const ratios = {
    zh: [
      row(word('zh', 'granulocyteToErythroid'), ratioText('zh', ge)),
      ...(ratio.rule === ge.rule
        ? []
        : [row(word('zh', 'ratio'), { stack: [ratioText('zh', ratio), named] })]),
    ],
    en: [
      row(word('en', 'ratio'), { stack: [ratioText('en', ratio), named] }),
      ...(ratio.rule === ge.rule ? [] : [row(word('en', 'granulocyteToErythroid'), ratioText('en', ge))]),
    ],
  }
  return [
    {
      table: {
        widths: [language === 'zh' ? 44 : 58, '*'],
        body: [row(word(language, 'cellularity'), { text: cellularityText(sheet) }), ...ratios[language]],
      },
      layout: RULED,
      margin: [0, 0, 0, 5],
    },
    megakaryocyteTable(sheet),
    ...pictureRows(sheet, sheet.pictures.slice(0, BESIDE), 2, WIDTH - LEFT - GAP),
  ]
}

/** On every page that the case is synthetic; from the second on whose report it is. */
function pageHead({ report, language }: Sheet, page: number): Content {
  const whose = [
    ...(report.addenda.length > 0 ? [word(language, 'amended')] : []),
    `${word(language, 'marrowNumber')} ${report.case.marrowNumber}`,
    report.patient.name,
  ].join('  ')
  return {
    columns: [
      { text: report.case.synthetic ? word(language, 'synthetic') : '', color: '#7a4d00', bold: true },
      { text: page > 1 ? whose : '', alignment: 'right' },
    ],
    fontSize: 7.5,
    margin: [PAGE.left, 14, PAGE.right, 0],
  }
}

function pageFoot({ language }: Sheet, page: number, pages: number): Content {
  const use = language === 'zh' ? `${INTENDED_USE}  仅供研究与教学，不作为医疗器械。` : INTENDED_USE
  return {
    columns: [
      { text: use, width: '*' },
      { text: word(language, 'page', { n: page, m: pages }), alignment: 'right', width: 'auto' },
    ],
    fontSize: 7.5,
    color: '#333333',
    margin: [PAGE.left, 10, PAGE.right, 0],
  }
}
