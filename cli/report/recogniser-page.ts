import { CELL_CLASS_INFO, type CellClass, LINEAGES } from '../../cytology/index.ts'
import { reliabilityChart } from './curves.ts'
import { interval, percent, withInterval } from './estimate.ts'
import { confusionChart } from './heat-map.ts'
import { type Html, html } from './html.ts'
import { type Headline, page, section, table } from './page.ts'
import type {
  GroupScores,
  LineageDifference,
  Outsiders,
  RecogniserReport,
  RecognitionMistake,
  RecognitionScores,
} from './report.ts'

/** The page of a recogniser's report. @param pictures one for each of `report.mistakes`, in their order */
export function recogniserPage(report: RecogniserReport, pictures: Html[]): string {
  const { overall, sources, outsiders } = report
  const parts = sources.length > 1 ? sources : []
  return page('How well cells are named', report, headlines(overall), [
    section('By source', SOURCE_NOTE, sourceTable(sources.length > 1 ? [...sources, overall] : sources)),
    section('By type', CONFUSION_NOTE, [
      html`<div class="pair">${typeTable(overall)}${confusionChart(overall.confusion, overall.source)}</div>`,
      html`<div class="pair">${parts.map(confusion)}</div>`,
    ]),
    section('By cell line', LINE_NOTE, [
      html`<div class="pair">${groupTable('Cell line', overall.lineages)}${groupTable('Stages together', overall.merged)}</div>`,
      html`${overall.differences && differenceTable(overall.differences)}`,
    ]),
    section(
      'Is it as sure as it is right?',
      RELIABILITY_NOTE,
      html`<div class="pair">${[overall, ...parts].map(reliability)}</div>`,
    ),
    html`${outsiders.length > 0 && section('Cells of none of the types', OUTSIDER_NOTE, outsiderTable(outsiders))}`,
    section('Worst mistakes', MISTAKE_NOTE, mistakes(report.mistakes, pictures)),
  ])
}

const SOURCE_NOTE =
  '95 % bootstrap intervals over images. Macro-F1 is the mean of the F1 of those of the 12 types that have examples; an answer of not identifiable is an error. ECE: 15 bins of the top probability. Left to a person: what is doubtful or not identifiable.'
const CONFUSION_NOTE =
  'Confusion matrices: labelled down, given across; the colour is the share of the row, blue for right, rust for wrong.'
const LINE_NOTE =
  'Beside the 12 types: cell lines (mean F1 of those of at least 10 cells), and the types with band and segmented, myelocyte and metamyelocyte taken together. Below, over images of at least 5 cells: the share of a line as named less its share as labelled, in percentage points, with the limits within which 95 % of images lie (Bland-Altman).'
const RELIABILITY_NOTE =
  'On the dashed line a probability of 80 % is right in 80 of 100 cells; below it the recogniser is too sure.'
const OUTSIDER_NOTE =
  'What crops that belong to none of the 12 types were called. They are in no figure above but the confusion matrix.'
const MISTAKE_NOTE = 'The surest wrong answers: what was labelled, what was said, and how sure it was.'

function headlines(overall: RecognitionScores): Headline[] {
  const weakest = [...overall.types].sort((a, b) => (a.f1 ?? 0) - (b.f1 ?? 0))[0]
  return [
    { name: 'Macro-F1', value: percent(overall.macroF1?.value ?? null), detail: interval(overall.macroF1) },
    { name: 'Accuracy', value: percent(overall.accuracy?.value ?? null), detail: interval(overall.accuracy) },
    { name: 'ECE', value: percent(overall.ece?.value ?? null), detail: interval(overall.ece) },
    {
      name: 'Weakest type (F1)',
      value: percent(weakest?.f1 ?? null),
      detail: weakest ? `${CELL_CLASS_INFO[weakest.type].en}, ${weakest.support} cells` : 'no labelled cells',
    },
    {
      name: 'Called not identifiable',
      value: percent(overall.cells > 0 ? overall.calledNotIdentifiable / overall.cells : null),
      detail: `${overall.calledNotIdentifiable} of ${overall.cells} cells of the 12 types`,
    },
  ]
}

function sourceTable(all: RecognitionScores[]): Html {
  const heads = [
    'Source',
    'Cells',
    'Types',
    'Macro-F1',
    'Accuracy',
    'ECE',
    'ECE with not identifiable',
    'Called not identifiable',
    'Left to a person',
    'Wrong of the rest',
  ]
  const rows = all.map((scores) => [
    scores.source,
    `${scores.cells}`,
    `${scores.types.length}`,
    withInterval(scores.macroF1),
    withInterval(scores.accuracy),
    withInterval(scores.ece),
    percent(scores.eceWithNotIdentifiable),
    `${scores.calledNotIdentifiable}`,
    withInterval(scores.leftToPerson),
    withInterval(scores.wrongOfRest),
  ])
  return table(heads, rows)
}

function typeTable({ types }: RecognitionScores): Html {
  const rows = types.map((row) => [
    CELL_CLASS_INFO[row.type].en,
    `${row.support}`,
    percent(row.precision),
    percent(row.recall),
    percent(row.f1),
  ])
  return table(['Type', 'Cells', 'Precision', 'Recall', 'F1'], rows)
}

function groupTable(head: string, { groups, macroF1 }: GroupScores): Html {
  const rows = groups.map(({ name, support, precision, recall, f1 }) => [
    name.replaceAll('_', ' '),
    `${support}`,
    percent(precision),
    percent(recall),
    percent(f1),
  ])
  return table(
    [head, 'Cells', 'Precision', 'Recall', 'F1'],
    [...rows, ['Mean', '', '', '', withInterval(macroF1)]],
  )
}

function differenceTable(differences: LineageDifference[]): Html {
  const rows = differences.map(({ lineage, images, bias, low, high }) => [
    LINEAGES[lineage].en,
    `${images}`,
    bias.toFixed(1),
    `${low.toFixed(1)} to ${high.toFixed(1)}`,
  ])
  return table(['Cell line', 'Images', 'Bias', 'Limits of agreement'], rows)
}

function confusion(scores: RecognitionScores): Html {
  return html`<div><h3>${scores.source}</h3>${confusionChart(scores.confusion, scores.source)}</div>`
}

function reliability(scores: RecognitionScores): Html {
  return html`<div><h3>${scores.source}</h3>${reliabilityChart(scores.reliability)}</div>`
}

function outsiderTable(outsiders: Outsiders[]): Html {
  const rows = outsiders.map(({ source, label, crops, calledAs }) => {
    const answers = Object.entries(calledAs)
      .sort((a, b) => b[1] - a[1])
      .map(([type, count]) => `${CELL_CLASS_INFO[type as CellClass].en} ${count}`)
    return [`${source}, ${label.replaceAll('_', ' ')}`, `${crops}`, answers.join(', ')]
  })
  return table(['Labelled as', 'Crops', 'Called'], rows)
}

function mistakes(all: RecognitionMistake[], pictures: Html[]): Html {
  if (all.length === 0) return html`<p class="faint">None.</p>`
  return html`<div class="pictures">${all.map((mistake, i) => html`<figure>${pictures[i]}${caption(mistake)}</figure>`)}</div>`
}

function caption({ labelled, said, probability, source, file }: RecognitionMistake): Html {
  const name = file.split('/').pop()
  return html`<figcaption><span>${CELL_CLASS_INFO[labelled].en}</span><span class="said">${Math.round(probability * 100)} % ${CELL_CLASS_INFO[said].en}</span><span class="faint" title="${file}">${source} · ${name}</span></figcaption>`
}
