import { calibratedScore, type ScoreCalibration } from '../../vision/score-calibration.ts'
import { calibration } from './calibration.ts'
import type { EvaluatedImage } from './evaluated-image.ts'
import { rankDetections } from './ranked-detections.ts'

/** Scores of 0 and 1 have no logit. */
const NEAREST = 1e-6
const ROUNDS = 100

/** A detection that is a labelled cell, or none. */
export interface ScoredHit {
  score: number
  hit: boolean
}

/** A calibration, and how far scores are from being probabilities without and with it. */
export interface ScoreFit {
  calibration: ScoreCalibration
  /** Expected calibration errors, 0..1, on the detections that were fitted on. */
  ece: { before: number; after: number }
}

/** All detections of images that no ignored box absorbs, best first; a hit is an IoU of .5 as COCO matches it. */
export function scoredHits(images: readonly EvaluatedImage[]): { scored: ScoredHit[]; cells: number } {
  const { scores, status, positives } = rankDetections(images, [0.5], Number.POSITIVE_INFINITY)
  const scored = scores.map((score, d) => ({ score, hit: status[0]![d]! }))
  return {
    scored: scored
      .filter(({ hit }) => hit >= 0)
      .map(({ score, hit }): ScoredHit => ({ score, hit: hit === 1 })),
    cells: positives.reduce((sum, count) => sum + count, 0),
  }
}

/** Expected calibration error of scores that should be the probability of a hit; null where there are none. */
export function calibrationError(scored: readonly ScoredHit[]): number | null {
  return calibration(scored.map(({ score, hit }) => ({ confidence: score, correct: hit }))).ece
}

/**
 * Platt scaling: the slope and offset on the logit of the score that make it the probability of a hit, by maximum likelihood
 * with Platt's smoothed targets (Platt, Probabilistic outputs for support vector machines, 1999) and Newton's method with
 * backtracking (Lin, Lin & Weng, Machine Learning 68, 2007).
 *
 * @returns null where there are not both hits and extras, or a higher score does not make a hit likelier
 */
export function fitScores(scored: readonly ScoredHit[]): ScoreFit | null {
  const hits = scored.filter(({ hit }) => hit).length
  const extras = scored.length - hits
  if (hits === 0 || extras === 0) return null
  const [yes, no] = [(hits + 1) / (hits + 2), 1 / (extras + 2)]
  const points = scored.map(({ score, hit }) => {
    const p = Math.min(Math.max(score, NEAREST), 1 - NEAREST)
    return { x: Math.log(p / (1 - p)), target: hit ? yes : no }
  })
  const { slope, offset } = maximum(points, Math.log((hits + 1) / (extras + 1)))
  if (!(slope > 0)) return null
  const fitted = { slope, offset }
  const after = scored.map(({ score, hit }) => ({ score: calibratedScore(score, fitted), hit }))
  return {
    calibration: fitted,
    ece: { before: calibrationError(scored)!, after: calibrationError(after)! },
  }
}

type Point = { x: number; target: number }

/** Slope and offset with the least cross entropy; it is convex, so Newton's steps lead to the one minimum. */
function maximum(points: readonly Point[], start: number): ScoreCalibration {
  let at: ScoreCalibration = { slope: 0, offset: start }
  let loss = crossEntropy(points, at)
  for (let round = 0; round < ROUNDS; round++) {
    // The ridge keeps the matrix regular where all scores are the same.
    const h = { aa: 1e-9, ab: 0, bb: 1e-9 }
    const g = { a: 0, b: 0 }
    for (const { x, target } of points) {
      const p = 1 / (1 + Math.exp(-(at.slope * x + at.offset)))
      h.aa += x * x * p * (1 - p)
      h.ab += x * p * (1 - p)
      h.bb += p * (1 - p)
      g.a += (p - target) * x
      g.b += p - target
    }
    if (Math.hypot(g.a, g.b) < 1e-8 * points.length) break
    const determinant = h.aa * h.bb - h.ab * h.ab
    const step = {
      slope: -(h.bb * g.a - h.ab * g.b) / determinant,
      offset: -(h.aa * g.b - h.ab * g.a) / determinant,
    }
    let [length, better] = [1, false]
    for (; length > 1e-10 && !better; length /= 2) {
      const next = { slope: at.slope + length * step.slope, offset: at.offset + length * step.offset }
      const nextLoss = crossEntropy(points, next)
      better = nextLoss < loss
      if (better) [at, loss] = [next, nextLoss]
    }
    if (!better) break
  }
  return at
}

function crossEntropy(points: readonly Point[], { slope, offset }: ScoreCalibration): number {
  return points.reduce((sum, { x, target }) => {
    const z = slope * x + offset
    // log(1 + e^z) without overflow
    return sum + Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - target * z
  }, 0)
}
