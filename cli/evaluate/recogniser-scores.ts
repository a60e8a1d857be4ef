import { calibration, classificationFigures, confusionMatrix, estimate } from '../../annotation/index.ts'
import { CELL_CLASSES, CELL_TYPES, DOUBTFUL_BELOW, NOT_IDENTIFIABLE } from '../../cytology/index.ts'
import type { Outsiders, RecognitionScores } from '../report/report.ts'
import type { Answered } from './answers.ts'
import { lineageDifferences, lineageScores, mergedScores } from './lineages.ts'

/** The figures of one source, or of several together. Cells of no class at all are left out. */
export function recognitionScores(source: string, answers: readonly Answered[]): RecognitionScores {
  const typed = answers.filter(({ truth }) => isOneOf(CELL_TYPES, truth))
  const classed = answers.filter(({ truth }) => isOneOf(CELL_CLASSES, truth))
  const images = byImage(typed)
  const figures = classificationFigures(typed, CELL_CLASSES, CELL_TYPES)
  const overImages = (statistic: (cells: Answered[]) => number | null) =>
    estimate(images, (sample) => statistic(sample.flat()))
  return {
    source,
    cells: typed.length,
    macroF1: overImages((cells) => classificationFigures(cells, CELL_CLASSES, CELL_TYPES).macroF1),
    accuracy: overImages((cells) => classificationFigures(cells, CELL_CLASSES).accuracy),
    ece: overImages((cells) => calibration(cells.map(asAnswer)).ece),
    eceWithNotIdentifiable: classed.length > typed.length ? calibration(classed.map(asAnswer)).ece : null,
    types: CELL_TYPES.map((type) => ({ type, ...figures.byClass[type]! })).filter(
      ({ support }) => support > 0,
    ),
    lineages: lineageScores(images),
    merged: mergedScores(images),
    differences: lineageDifferences(images),
    confusion: confusionMatrix(classed, CELL_CLASSES),
    reliability: calibration(typed.map(asAnswer)).bins,
    calledNotIdentifiable: typed.filter(({ predicted }) => predicted === NOT_IDENTIFIABLE).length,
    leftToPerson: overImages((cells) => shareOf(cells, isLeftToPerson)),
    wrongOfRest: overImages((cells) =>
      shareOf(
        cells.filter((cell) => !isLeftToPerson(cell)),
        ({ truth, predicted }) => truth !== predicted,
      ),
    ),
  }
}

function isLeftToPerson({ predicted, confidence }: Answered): boolean {
  return predicted === NOT_IDENTIFIABLE || confidence < DOUBTFUL_BELOW
}

function shareOf(cells: readonly Answered[], is: (cell: Answered) => boolean): number | null {
  return cells.length > 0 ? cells.filter(is).length / cells.length : null
}

/** What was said of things that belong to none of the 12 types, by source and label. */
export function outsiders(answers: readonly Answered[]): Outsiders[] {
  const others = answers.filter(({ truth }) => !isOneOf(CELL_TYPES, truth))
  const groups = Map.groupBy(others, ({ source, truth }) => JSON.stringify([source, truth]))
  return [...groups.values()].map((group) => {
    const calledAs: Outsiders['calledAs'] = {}
    for (const { predicted } of group) calledAs[predicted] = (calledAs[predicted] ?? 0) + 1
    return { source: group[0]!.source, label: group[0]!.truth, crops: group.length, calledAs }
  })
}

function byImage(answers: readonly Answered[]): Answered[][] {
  return [...Map.groupBy(answers, ({ file }) => file).values()]
}

function asAnswer({ truth, predicted, confidence }: Answered): { confidence: number; correct: boolean } {
  return { confidence, correct: truth === predicted }
}

function isOneOf(classes: readonly string[], name: string): boolean {
  return classes.includes(name)
}
