/** Slope (above 0) and offset on the logit of a detector's score that make it the probability of a cell. */
export type ScoreCalibration = { slope: number; offset: number }

/** The probability of a cell for a score 0..1 of the network: Platt scaling. Without a calibration the score itself. */
export function calibratedScore(score: number, calibration?: ScoreCalibration): number {
  if (calibration === undefined) return score
  return expit(calibration.slope * logit(score) + calibration.offset)
}

/** The network's score that `calibratedScore` turns into a probability 0..1. */
export function networkScore(probability: number, calibration?: ScoreCalibration): number {
  if (calibration === undefined) return probability
  return expit((logit(probability) - calibration.offset) / calibration.slope)
}

/** The calibration that does what `first` and then `second` do. */
export function composed(first: ScoreCalibration | undefined, second: ScoreCalibration): ScoreCalibration {
  if (first === undefined) return second
  return { slope: first.slope * second.slope, offset: second.slope * first.offset + second.offset }
}

/** Scores of 0 and 1 give infinities, which `expit` turns into 0 and 1 again. */
function logit(p: number): number {
  return Math.log(p / (1 - p))
}

function expit(z: number): number {
  return 1 / (1 + Math.exp(-z))
}
