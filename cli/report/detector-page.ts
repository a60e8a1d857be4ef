import { CELL_CLASS_INFO } from '../../cytology/index.ts'
import { precisionRecallChart } from './curves.ts'
import { choiceSection, touchingTable } from './detector-tables.ts'
import { interval, percent, withInterval } from './estimate.ts'
import { type Html, html } from './html.ts'
import { type Headline, page, section, table } from './page.ts'
import type { CropScores, DetectionMistake, DetectorReport, FieldScores } from './report.ts'

/** Where the enlarged corner of the precision-recall curves begins. */
const CORNER = 0.8

/** The page of a detector's report. @param pictures one for each of `report.mistakes`, in their order */
export function detectorPage(report: DetectorReport, pictures: Html[]): string {
  const threshold = report.scoreThreshold.toFixed(2)
  const several = report.fields.filter((field) => field.labels === 'complete').length > 1
  const rows = several && report.overall ? [...report.fields, report.overall] : report.fields
  return page('How well cells are found', report, headlines(report), [
    html`${
      rows.length > 0 &&
      section(
        'Fields',
        `Nucleated cells, with 95 % bootstrap intervals over images. Precision and recall at the shipped score threshold of ${threshold}, IoU 0.5. ${partialNote(report.fields)}`,
        [fieldTable(rows), touchingTable(rows), curves(report.fields)],
      )
    }`,
    html`${report.choice && choiceSection(report.choice)}`,
    html`${report.crops.length > 0 && section('Crops of one cell', cropNote(threshold), html`<div class="pair">${report.crops.map(cropTable)}</div>`)}`,
    mistakes('Missed cells', 'missed', report, pictures),
    mistakes('Finds that are no labelled cell', 'extra', report, pictures),
  ])
}

function headlines({ overall, fields, crops }: DetectorReport): Headline[] {
  const partial = fields.filter((field) => field.labels === 'partial')
  return [
    ...(overall
      ? [
          {
            name: 'AP50',
            value: percent(overall.ap50?.value ?? null),
            detail: interval(overall.ap50),
          },
          {
            name: 'Precision',
            value: percent(overall.precision?.value ?? null),
            detail: interval(overall.precision),
          },
          { name: 'Recall', value: percent(overall.recall?.value ?? null), detail: interval(overall.recall) },
        ]
      : []),
    ...partial.map(({ source, recall }) => ({
      name: `Recall, ${source}`,
      value: percent(recall?.value ?? null),
      detail: interval(recall),
    })),
    ...crops.map(({ source, found }) => ({
      name: `Centre found, ${source}`,
      value: percent(found?.value ?? null),
      detail: interval(found),
    })),
  ]
}

function partialNote(fields: FieldScores[]): string {
  const names = fields.filter((field) => field.labels === 'partial').map((field) => field.source)
  if (names.length === 0) return ''
  return `In ${names.join(', ')} only some of the nucleated cells are labelled (segpc: plasma cells): precision and AP have no meaning there and only recall is given; doubtful places are ignored.`
}

function cropNote(threshold: string): string {
  return `Each crop is centred on one cell and has no boxes. The centre cell is found when a detection with a score of at least ${threshold} contains the centre of the image in a box no larger than 30 µm.`
}

function fieldTable(fields: FieldScores[]): Html {
  const heads = [
    'Source',
    'Images',
    'Cells',
    'AP50',
    'AP .50:.95',
    'AP75',
    'Precision',
    'Recall',
    'Recall at the border',
  ]
  const rows = fields.map((field) => [
    field.source,
    `${field.images}`,
    `${field.cells}`,
    withInterval(field.ap50),
    withInterval(field.ap),
    withInterval(field.ap75),
    withInterval(field.precision),
    withInterval(field.recall),
    field.border.cells > 0 ? `${withInterval(field.border.recall)} of ${field.border.cells}` : '–',
  ])
  return table(heads, rows)
}

function curves(fields: FieldScores[]): Html | null {
  const drawn = fields.filter((field) => field.curve !== null)
  if (drawn.length === 0) return null
  const inCorner = drawn.some(({ curve }) => curve!.some((p) => p.recall >= CORNER && p.precision >= CORNER))
  return html`<h3>Precision over recall, IoU 0.5${inCorner && '; on the right its upper corner'}</h3>
<div class="pair">${precisionRecallChart(drawn, 0)}${inCorner && precisionRecallChart(drawn, CORNER)}</div>`
}

function cropTable(crops: CropScores): Html {
  const rows = crops.byClass.map((row) => [
    CELL_CLASS_INFO[row.class].en,
    `${row.crops}`,
    `${row.found}`,
    ratio(row.found, row.crops),
  ])
  const all = [`all of ${crops.source}`, `${crops.crops}`, '', withInterval(crops.found)]
  const unnamed = crops.notIdentifiable
  const apart = unnamed
    ? [
        [
          'not identifiable (apart)',
          `${unnamed.crops}`,
          `${unnamed.found}`,
          ratio(unnamed.found, unnamed.crops),
        ],
      ]
    : []
  return html`<div><h3>${crops.source}</h3>
${table(['Labelled as', 'Crops', 'Found', 'Share'], [...rows, all, ...apart])}
${crops.leftOut > 0 && html`<p class="faint">${crops.leftOut} crops without a nucleated cell (platelets) are left out.</p>`}</div>`
}

function ratio(part: number, whole: number): string {
  return percent(whole === 0 ? null : part / whole)
}

function mistakes(
  title: string,
  kind: DetectionMistake['kind'],
  report: DetectorReport,
  pictures: Html[],
): Html {
  const figures = report.mistakes.flatMap((mistake, i) =>
    mistake.kind === kind ? [html`<figure>${pictures[i]}${caption(mistake)}</figure>`] : [],
  )
  const explanation =
    kind === 'missed'
      ? 'Labelled cells (solid box) without a detection above the threshold; first those that are furthest from being found.'
      : 'Detections (dashed box) above the threshold that match no labelled cell, the surest first. Some are cells that the labels lack.'
  const body =
    figures.length > 0 ? html`<div class="pictures">${figures}</div>` : html`<p class="faint">None.</p>`
  return section(title, explanation, body)
}

function caption({ kind, source, file, score }: DetectionMistake): Html {
  const said =
    kind === 'extra'
      ? `score ${score?.toFixed(2)}`
      : score === null
        ? 'no box fits'
        : `best score ${score.toFixed(2)}`
  const name = file.split('/').pop()
  return html`<figcaption><span class="said">${said}</span><span class="faint" title="${file}">${source} · ${name}</span></figcaption>`
}
