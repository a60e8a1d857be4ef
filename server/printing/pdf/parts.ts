/** The parts that both printed forms are put together from. */
import type { Content, ContentTable, CustomTableLayout, TableCell } from 'pdfmake/interfaces.js'
import {
  CELL_CLASS_INFO,
  CELLULARITY_GRADES,
  inLanguage,
  LINEAGES,
  type Mark,
  ME_RULES,
  MEGAKARYOCYTE_STAGES,
  type MegakaryocyteStage,
  type NamesOfType,
  REPORT_PARTS,
  type Report,
  type ReportPart,
  type ReportRatio,
  type ReportRow,
} from '../../../cytology/index.ts'
import type { PrintedPicture } from '../pictures.ts'
import { type Language, label, notCountedWord, word } from './words.ts'

/** All that a form is made of. */
export interface Sheet {
  report: Report
  language: Language
  pictures: readonly PrintedPicture[]
  /** Where the signature can be verified; null while unsigned. */
  verifyUrl: string | null
  /** The logo of the letterhead, a PNG as a data URL. */
  logo?: string | null
  /** The last addendum is shown before it is added. */
  preview?: boolean
  madeAt: number
}

export const DASH = '–'
const GREY = '#555555'
const OUT = '#a3150f'
const ARROW: Record<Mark, string> = { above: ' ↑', below: ' ↓', within: '', uncertain: '', unknown: '' }

export const LINES: CustomTableLayout = {
  hLineWidth: () => 0.5,
  vLineWidth: () => 0.5,
  hLineColor: () => '#777777',
  vLineColor: () => '#777777',
  paddingLeft: () => 3,
  paddingRight: () => 3,
  paddingTop: () => 1.4,
  paddingBottom: () => 2,
}
/** Lines above, below and between the rows only. */
export const RULED: CustomTableLayout = { ...LINES, vLineWidth: () => 0 }

const head = (text: string, more: object = {}): TableCell => ({ text, bold: true, ...more })
export const section = (text: string): Content => ({ text, bold: true, margin: [0, 5, 0, 1.5] })

const percent = (value: number | null): string => value?.toFixed(1) ?? DASH
const marked = (text: string, mark: Mark): { text: string; bold?: boolean; color?: string } =>
  ARROW[mark] === '' ? { text } : { text: `${text}${ARROW[mark]}`, bold: true, color: OUT }

/** Lines of the marrow in the order in which the forms print them; blasts, which belong to none, come first. */
const ORDER = [null, 'granulocytic', 'erythroid', 'lymphoid', 'monocytic', 'plasma_cell'] as const

export function differentialTable({ report, language }: Sheet): ContentTable {
  const right = { alignment: 'right' } as const
  const body: TableCell[][] = [
    [
      head(word(language, 'type'), { colSpan: 2 }),
      {},
      head('n', right),
      head('%', right),
      head(word(language, 'interval'), { alignment: 'center' }),
      head(word(language, 'range'), { alignment: 'center' }),
    ],
  ]
  for (const line of ORDER) {
    const rows = report.rows.filter(({ lineage }) => lineage === line)
    const sum = report.lineages.find(({ lineage }) => lineage === line)
    rows.forEach((row, i) => {
      const name = CELL_CLASS_INFO[row.type][language]
      const share = `${LINEAGES[line ?? 'granulocytic'][language]}\n${percent(sum?.percent ?? null)} %`
      const lines = rows.reduce((sum, { finer }) => sum + 1 + (finer ? finerLines(finer).length : 0), 0)
      const first: TableCell[] =
        rows.length === 1
          ? [{ text: name, colSpan: 2 }, {}]
          : [i === 0 ? { text: share, rowSpan: lines, bold: true } : {}, { text: name }]
      body.push([...first, ...numbers(row)])
      body.push(...finerRows(row, language, rows.length === 1))
    })
  }
  body.push([
    head(word(language, 'total'), { colSpan: 2 }),
    {},
    head(String(report.counted), right),
    head(report.counted > 0 ? '100' : DASH, right),
    {
      text: label(language, notCountedWord(language, report.rule)) + report.unnamed,
      colSpan: 2,
      color: GREY,
      fontSize: 6.5,
      alignment: 'center',
    },
    {},
  ])
  const widths = language === 'zh' ? [34, '*', 20, 34, 46, 46] : [55, '*', 18, 32, 42, 32]
  return { table: { headerRows: 1, widths, body, dontBreakRows: true }, layout: LINES, fontSize: 8 }
}

/** What the finer names of a type come to, a line each; the last one is what was not named further. */
const finerLines = ({ names, unnamed }: NamesOfType) => [
  ...names,
  ...(unnamed > 0 ? [{ en: null, zh: null, count: unnamed, percent: null }] : []),
]

/** Below their type and indented: they are parts of its number, not beside it. `wide`: the type has the whole width. */
function finerRows({ finer }: ReportRow, language: Language, wide: boolean): TableCell[][] {
  if (!finer) return []
  return finerLines(finer).map((line) => {
    const name = {
      text: line[language] ?? word(language, 'unnamed'),
      color: GREY,
      fontSize: 7,
      margin: [8, 0, 0, 0],
    }
    return [
      ...((wide ? [{ ...name, colSpan: 2 }, {}] : [{}, name]) as TableCell[]),
      { text: String(line.count), alignment: 'right', color: GREY, fontSize: 7 },
      {
        text: line.percent === null ? '' : percent(line.percent),
        alignment: 'right',
        color: GREY,
        fontSize: 7,
      },
      {},
      {},
    ]
  })
}

/** Cells outside the count and what was seen in cells, each with its number; nothing where there is none. */
export function namedCells({ report, language }: Sheet): Content[] {
  const line = (what: 'otherCells' | 'tags'): Content[] => {
    const all = report[what].map((one) => `${one[language]} ${one.count}`)
    const title = { text: label(language, word(language, what)), bold: true }
    return all.length === 0 ? [] : [{ text: [title, all.join(language === 'zh' ? '、' : ', ')] }]
  }
  const lines = [...line('otherCells'), ...line('tags')]
  return lines.length === 0 ? [] : [{ stack: lines, fontSize: 8, margin: [0, 0, 0, 6] }]
}

function numbers({ count, percent: value, low, high, reference, mark }: ReportRow): TableCell[] {
  const range = low === null || high === null ? DASH : `${low.toFixed(1)}–${high.toFixed(1)}`
  return [
    { text: String(count), alignment: 'right' },
    { ...marked(percent(value), mark), alignment: 'right' },
    { text: range, alignment: 'center', color: GREY },
    { text: reference || DASH, alignment: 'center' },
  ]
}

export function ratioText(language: Language, ratio: ReportRatio): { text: string } {
  if (ratio.value === null)
    return {
      text: word(language, ME_RULES.some(({ id }) => id === ratio.rule) ? 'notComputable' : 'nothingBelow'),
    }
  return marked(`${ratio.value.toFixed(2)} : 1`, ratio.mark)
}

export function cellularityText({ report, language }: Sheet): string {
  const { cellularity } = report.findings
  return cellularity ? CELLULARITY_GRADES[cellularity][language] : DASH
}

/** Number on the area with its range, and the five stages. */
export function megakaryocyteTable({ report, language }: Sheet): ContentTable {
  const { count, stages } = report.findings.megakaryocytes
  const { reference, mark } = report.megakaryocytes
  const ids = Object.keys(MEGAKARYOCYTE_STAGES) as MegakaryocyteStage[]
  const number = count === null ? { text: DASH } : marked(String(count), mark)
  const range = reference ? ` (${word(language, 'range')} ${reference})` : ''
  const title = label(language, `${word(language, 'megakaryocytes')} ${word(language, 'perArea')}`)
  const first = [{ text: title, bold: true }, number, { text: range, color: GREY }] as Content[] as never
  // The English names are too long for five columns.
  const names = ids.map((id) => `${MEGAKARYOCYTE_STAGES[id].en.toLowerCase()} ${stages[id] ?? DASH}`)
  const body: TableCell[][] =
    language === 'en'
      ? [[{ text: first }], [{ text: names.join(', ') }]]
      : [
          [{ text: first, colSpan: ids.length }, ...ids.slice(1).map(() => ({}))],
          ids.map((id) => ({ text: MEGAKARYOCYTE_STAGES[id].zh, alignment: 'center', color: GREY })),
          ids.map((id) => ({ text: String(stages[id] ?? DASH), alignment: 'center' })),
        ]
  return {
    table: { widths: body.at(-1)!.map(() => '*'), body },
    layout: LINES,
    fontSize: 8,
  }
}

export const textOf = ({ report, language }: Sheet, part: ReportPart): string =>
  inLanguage(report.findings.texts[part], language)

/** The texts, one row each, with the part's name before it; parts without text say so. */
export function textTable(sheet: Sheet, parts: readonly ReportPart[]): Content {
  const { language } = sheet
  return {
    table: {
      widths: [language === 'zh' ? 62 : 84, '*'],
      body: parts.map((part) => [head(REPORT_PARTS[part][language]), textOf(sheet, part) || DASH]),
    },
    layout: LINES,
    fontSize: 9.5,
  }
}

/** `columns` pictures a row, as wide as `width` allows, none higher than `most`; each with its bar's length and caption. */
export function pictureRows(
  sheet: Sheet,
  pictures: readonly PrintedPicture[],
  columns: number,
  width: number,
  firstNumber = 1,
  most = width,
): Content[] {
  const gap = 6
  const each = (width - gap * (columns - 1)) / columns
  const rows: Content[] = []
  for (let start = 0; start < pictures.length; start += columns) {
    const row = pictures.slice(start, start + columns)
    rows.push({
      columns: row.map((picture, i) => ({
        width: each,
        stack: [
          picture.image === null
            ? { text: word(sheet.language, 'pictureLost'), fontSize: 8, margin: [0, 12] }
            : { image: picture.image, fit: [each, Math.min(each, most)] },
          { text: captionOf(sheet, picture, firstNumber + start + i), fontSize: 7, color: GREY },
        ],
      })),
      columnGap: gap,
      margin: [0, 3, 0, 0],
    })
  }
  return rows
}

function captionOf({ language }: Sheet, picture: PrintedPicture, number: number): string {
  const { caption, kind, barUm, image } = picture
  const bar = barUm === null ? word(language, 'noScale') : word(language, 'bar', { um: barUm })
  const what = inLanguage(caption, language) || word(language, kind)
  const named = language === 'zh' ? `图${number} ${what}` : `Fig. ${number}  ${what}`
  return image === null ? named : `${named} (${bar})`
}
