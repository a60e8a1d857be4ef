/** One answer of a recogniser. */
export interface Answer {
  /** Its top probability, 0..1. */
  confidence: number
  correct: boolean
}

export interface ReliabilityBin {
  /** Confidences above `from`, up to and with `to`; the first bin holds 0 too. */
  from: number
  to: number
  count: number
  /** Mean confidence, 0..1; null where the bin is empty. */
  confidence: number | null
  /** Share of correct answers, 0..1; null where the bin is empty. */
  accuracy: number | null
}

export interface Calibration {
  /** Expected calibration error, 0..1; null where there is no answer. */
  ece: number | null
  bins: ReliabilityBin[]
}

/**
 * Expected calibration error on the top probability with equal-width bins: the mean over the bins, weighted by count, of
 * |accuracy - mean confidence| (Guo et al., On Calibration of Modern Neural Networks, ICML 2017).
 */
export function calibration(answers: readonly Answer[], binCount = 15): Calibration {
  const binned: Answer[][] = Array.from({ length: binCount }, () => [])
  for (const answer of answers) {
    const bin = Math.ceil(answer.confidence * binCount) - 1
    binned[Math.min(Math.max(bin, 0), binCount - 1)]!.push(answer)
  }
  const bins = binned.map((inBin, i) => ({
    from: i / binCount,
    to: (i + 1) / binCount,
    count: inBin.length,
    confidence: mean(inBin.map((a) => a.confidence)),
    accuracy: mean(inBin.map((a) => Number(a.correct))),
  }))
  if (answers.length === 0) return { ece: null, bins }
  const gaps = bins.map((bin) => bin.count * Math.abs((bin.accuracy ?? 0) - (bin.confidence ?? 0)))
  return { ece: gaps.reduce((sum, gap) => sum + gap, 0) / answers.length, bins }
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, v) => sum + v, 0) / values.length
}
