import {
  calibrationError,
  chooseThreshold,
  fitScores,
  type ScoredHit,
  scoredHits,
} from '../../annotation/index.ts'
import { MarrowscopeError } from '../../cytology/index.ts'
import { calibratedScore, composed, networkScore, type ScoreCalibration } from '../../vision/index.ts'
import type { ThresholdChoice } from '../report/report.ts'
import type { MeasuredField } from './answers.ts'

/**
 * The threshold that costs least on fields with complete labels, and the calibration of the network's scores.
 *
 * @param measured with all detections that may come into question
 * @param current the calibration that their scores have gone through
 * Errors: THRESHOLD_NEEDS_LABELS.
 */
export function thresholdChoice(
  measured: readonly MeasuredField[],
  missCost: number,
  current?: ScoreCalibration,
): ThresholdChoice {
  const images = measured.filter(({ field }) => !field.partial).map(({ image }) => image)
  const { threshold, misses, extras, cells } = chooseThreshold(images, missCost)
  if (cells === 0) {
    throw new MarrowscopeError(
      'THRESHOLD_NEEDS_LABELS',
      'A threshold is chosen on fields in which every nucleated cell is labelled, and there are none; give such data.',
    )
  }
  const { scored } = scoredHits(images)
  const fit = fitScores(scored)
  const calibration = fit ? composed(current, fit.calibration) : null
  const rawThreshold = networkScore(threshold, current)
  return {
    missCost,
    rawThreshold,
    threshold: calibration ? calibratedScore(rawThreshold, calibration) : threshold,
    misses,
    extras,
    cells,
    calibration,
    ece: fit?.ece ?? null,
    eceAbove: fit
      ? errors(
          scored.filter(({ score }) => score >= threshold),
          fit.calibration,
        )
      : null,
    detections: scored.length,
    hits: scored.filter(({ hit }) => hit).length,
  }
}

function errors(scored: readonly ScoredHit[], calibration: ScoreCalibration): ThresholdChoice['eceAbove'] {
  const before = calibrationError(scored)
  const after = calibrationError(
    scored.map(({ score, hit }) => ({ score: calibratedScore(score, calibration), hit })),
  )
  return before === null || after === null ? null : { before, after }
}

/** The choice as lines for a terminal. */
export function choiceText(choice: ThresholdChoice): string {
  const { threshold, rawThreshold, misses, extras, cells, missCost, calibration } = choice
  const fit = calibration
    ? `slope ${calibration.slope.toFixed(4)}, offset ${calibration.offset.toFixed(4)}; ECE ${change(choice.ece)} on the same ${choice.detections} detections, ${change(choice.eceAbove)} on those above the threshold`
    : 'no calibration: hits and extras are not told apart by the score'
  return [
    `threshold ${threshold.toFixed(4)} as a probability, ${rawThreshold.toFixed(4)} of the network's score`,
    `${misses} of ${cells} cells missed, ${extras} extra detections, a missed cell costing as much as ${missCost} extra ones`,
    fit,
  ].join('\n')
}

function change(ece: ThresholdChoice['ece']): string {
  return ece ? `${ece.before.toFixed(4)} before and ${ece.after.toFixed(4)} after` : 'unknown'
}
