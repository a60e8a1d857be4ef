import { ratio } from './ratio.ts'

/** One cell: what it is and what it was named. */
export interface NamedCell {
  truth: string
  predicted: string
}

export interface ClassFigures {
  /** Labelled examples of the class. */
  support: number
  /** 0..1; null where nothing was named so. */
  precision: number | null
  /** 0..1; null where nothing is labelled so. */
  recall: number | null
  /** 2TP / (2TP + FP + FN), 0..1; null where nothing is labelled so. */
  f1: number | null
}

export interface ClassificationFigures {
  classes: readonly string[]
  /** confusion[t][p]: cells of class t named p, in the order of `classes`. */
  confusion: number[][]
  byClass: Record<string, ClassFigures>
  /** 0..1; null where there is no cell. */
  accuracy: number | null
  /** Mean F1 of the classes that have labelled examples, 0..1; null where there are none. */
  macroF1: number | null
}

/**
 * confusion[t][p]: cells of class t named p, in the order of `classes`.
 *
 * @throws RangeError where a cell's truth or prediction is not among `classes`
 */
export function confusionMatrix(cells: readonly NamedCell[], classes: readonly string[]): number[][] {
  const index = new Map(classes.map((name, i) => [name, i]))
  const confusion = classes.map(() => classes.map(() => 0))
  for (const { truth, predicted } of cells) {
    const [t, p] = [index.get(truth), index.get(predicted)]
    if (t === undefined || p === undefined) {
      throw new RangeError(`'${truth}' named '${predicted}' is not within the classes ${classes.join(', ')}`)
    }
    confusion[t]![p]!++
  }
  return confusion
}

/**
 * Confusion matrix and the figures that follow from it.
 * Macro-F1 is the mean of per-class F1. A class without labelled examples is left out of it: it has no recall, and what was
 * named so in error already counts as a miss of the true class. A class with examples that was never named has F1 0.
 *
 * @param averaged the classes that macro-F1 is taken over; all where absent
 * @throws RangeError where a cell's truth or prediction is not among `classes`
 */
export function classificationFigures(
  cells: readonly NamedCell[],
  classes: readonly string[],
  averaged: readonly string[] = classes,
): ClassificationFigures {
  return figuresOfConfusion(confusionMatrix(cells, classes), classes, averaged)
}

/** The figures of a confusion matrix that is already counted, as on resamples; see `classificationFigures`. */
export function figuresOfConfusion(
  confusion: number[][],
  classes: readonly string[],
  averaged: readonly string[] = classes,
): ClassificationFigures {
  const byClass = Object.fromEntries(classes.map((name, i) => [name, figuresOf(confusion, i)]))
  const f1s = averaged.map((name) => byClass[name]?.f1 ?? null).filter((f1) => f1 !== null)
  const right = sum(confusion.map((row, i) => row[i]!))
  return {
    classes,
    confusion,
    byClass,
    accuracy: ratio(right, sum(confusion.map(sum))),
    macroF1: ratio(sum(f1s), f1s.length),
  }
}

function figuresOf(confusion: readonly number[][], i: number): ClassFigures {
  const hits = confusion[i]![i]!
  const support = sum(confusion[i]!)
  const named = sum(confusion.map((row) => row[i]!))
  return {
    support,
    precision: ratio(hits, named),
    recall: ratio(hits, support),
    f1: support === 0 ? null : (2 * hits) / (support + named),
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, v) => total + v, 0)
}
