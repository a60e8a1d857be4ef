import { percent, withInterval } from './estimate.ts'
import { type Html, html } from './html.ts'
import { section, table } from './page.ts'
import type { FieldScores, ThresholdChoice } from './report.ts'

/** Where touching cells were taken together or one was taken apart, by source; null where no labels are complete. */
export function touchingTable(fields: readonly FieldScores[]): Html | null {
  const rows = fields.flatMap(({ source, cells, touching, duplicates }) => {
    if (touching === null) return []
    const { merged, split } = touching
    return [
      [
        source,
        `${cells}`,
        `${merged.cells} in ${merged.detections}`,
        withInterval(merged.share),
        `${split.cells}, ${split.extras} too many`,
        withInterval(split.share),
        `${duplicates}`,
      ],
    ]
  })
  if (rows.length === 0) return null
  const heads = [
    'Source',
    'Cells',
    'Merged cells in boxes',
    'Share of cells',
    'Split cells, pieces',
    'Share of cells',
    'Duplicates',
  ]
  return html`<h3>Touching cells</h3>
<p class="explanation">Merged: one detection stands for two or more cells; counted are the cells in it that no other detection finds. Split: a cell is found in two or more pieces. Duplicates: pairs of detections that overlap by more than half (IoU).</p>
${table(heads, rows)}`
}

/** The threshold that was chosen on these images, and the calibration of the scores. */
export function choiceSection(choice: ThresholdChoice): Html {
  const { missCost, threshold, rawThreshold, misses, extras, cells, calibration, ece, eceAbove } = choice
  const fit = calibration
    ? [
        [
          'Slope and offset on the logit',
          `${calibration.slope.toFixed(4)}, ${calibration.offset.toFixed(4)}`,
        ],
        ['ECE before, after', change(ece)],
        ['ECE above the threshold, before, after', change(eceAbove)],
      ]
    : [['Calibration', 'cannot be fitted: hits and extras are not told apart by the score']]
  const rows = [
    ['Threshold, as a probability', threshold.toFixed(4)],
    ["Threshold, the network's own score", rawThreshold.toFixed(4)],
    ['Missed cells', `${misses} of ${cells}`],
    ['Extra detections', `${extras}`],
    ...fit,
  ]
  return section(
    'Choice of the threshold',
    `The score threshold with the least cost on these images, where a missed cell costs as much as ${missCost} extra detections: it has to be searched for and drawn, an extra one goes with one key. The calibration is a logistic fit of whether a detection is a cell (IoU 0.5) on ${choice.detections} detections, ${choice.hits} of them cells; the error after it is on the same detections.`,
    table(['', ''], rows),
  )
}

function change(ece: ThresholdChoice['ece']): string {
  return ece ? `${percent(ece.before)}, ${percent(ece.after)}` : '–'
}
