import { describe, expect, test } from 'vitest'
import { CELL_CLASSES, type CellClass, DOUBTFUL_BELOW } from '../../cytology/index.ts'
import type { Answered } from './answers.ts'
import { outsiders, recognitionScores } from './recogniser-scores.ts'

let count = 0
function answered(truth: string, predicted: CellClass, confidence: number, source = 'matek'): Answered {
  count++
  return { source, file: `${count}.png`, truth, predicted, confidence }
}

const answers: Answered[] = [
  answered('blast', 'blast', 0.9),
  answered('blast', 'not_identifiable', 0.7),
  answered('lymphocyte', 'lymphocyte', 0.8, 'pbc'),
  answered('lymphocyte', 'lymphocyte', 0.8, 'pbc'),
  answered('not_identifiable', 'blast', 0.6),
  answered('not_identifiable', 'not_identifiable', 1),
  answered('platelet', 'not_identifiable', 0.99, 'pbc'),
  answered('white', 'monocyte', 0.5, 'pbc'),
]

describe('recognition scores', () => {
  const scores = recognitionScores('all', answers)

  test('are over the 12 types alone, and being called not identifiable is an error', () => {
    expect(scores.cells).toBe(4)
    expect(scores.accuracy!.value).toBe(0.75)
    expect(scores.calledNotIdentifiable).toBe(1)
    // blast: precision 1, recall 1/2; lymphocyte: 1
    expect(scores.types.map(({ type, support, f1 }) => [type, support, f1])).toEqual([
      ['blast', 2, 2 / 3],
      ['lymphocyte', 2, 1],
    ])
    expect(scores.macroF1!.value).toBeCloseTo((2 / 3 + 1) / 2, 12)
  })

  test('what is left to a person is doubtful or not identifiable, and the rest may be wrong', () => {
    expect(scores.leftToPerson!.value).toBe(0.25)
    expect(scores.wrongOfRest!.value).toBe(0)
    const unsure = recognitionScores('unsure', [
      answered('blast', 'blast', DOUBTFUL_BELOW - 0.01),
      answered('blast', 'monocyte', DOUBTFUL_BELOW),
    ])
    expect(unsure.leftToPerson!.value).toBe(0.5)
    expect(unsure.wrongOfRest!.value).toBe(1)
  })

  test('calibration is over the 12 types, and beside it with the cells that nobody could name', () => {
    // bins of 1/15: 0.9 right, 0.7 wrong, twice 0.8 right
    expect(scores.ece!.value).toBeCloseTo((0.1 + 0.7 + 2 * 0.2) / 4, 12)
    expect(scores.eceWithNotIdentifiable).toBeCloseTo((0.1 + 0.7 + 2 * 0.2 + 0.6 + 0) / 6, 12)
    expect(scores.reliability).toHaveLength(15)
    expect(scores.reliability.reduce((sum, bin) => sum + bin.count, 0)).toBe(4)
  })

  test('the confusion matrix holds the not identifiable cells too', () => {
    const last = CELL_CLASSES.length - 1
    expect(scores.confusion[0]![0]).toBe(1)
    expect(scores.confusion[0]![last]).toBe(1)
    expect(scores.confusion[last]![0]).toBe(1)
    expect(scores.confusion.flat().reduce((sum, cells) => sum + cells, 0)).toBe(6)
  })
})

test('cells of one image are drawn together by the bootstrap', () => {
  const oneImage = answers.slice(0, 4).map((answer) => ({ ...answer, file: 'one.png' }))
  expect(recognitionScores('one', oneImage).accuracy).toEqual({ value: 0.75, low: 0.75, high: 0.75 })
})

test('what is none of the 12 types is told apart by source and label', () => {
  expect(outsiders(answers)).toEqual([
    { source: 'matek', label: 'not_identifiable', crops: 2, calledAs: { blast: 1, not_identifiable: 1 } },
    { source: 'pbc', label: 'platelet', crops: 1, calledAs: { not_identifiable: 1 } },
    { source: 'pbc', label: 'white', crops: 1, calledAs: { monocyte: 1 } },
  ])
})

test('without cells of the types there are no figures', () => {
  const scores = recognitionScores('none', [answered('platelet', 'basophil', 0.4)])
  expect(scores).toMatchObject({ cells: 0, macroF1: null, accuracy: null, ece: null, types: [] })
})

describe('cell lines and merged stages', () => {
  const cells = (file: string, ...pairs: [CellClass, CellClass, number][]) =>
    pairs.flatMap(([truth, predicted, n]) =>
      Array.from({ length: n }, () => ({ ...answered(truth, predicted, 0.9), file })),
    )
  const scores = recognitionScores('lines', [
    ...cells(
      'one.png',
      ['myelocyte', 'metamyelocyte', 6],
      ['erythroblast', 'erythroblast', 10],
      ['plasma_cell', 'erythroblast', 4],
    ),
    ...cells(
      'two.png',
      ['band_neutrophil', 'segmented_neutrophil', 4],
      ['myelocyte', 'band_neutrophil', 2],
      ['blast', 'blast', 2],
    ),
    ...cells('too-few.png', ['lymphocyte', 'blast', 1]),
  ])

  test('stages of a line are one, and a line of few cells is left out of the mean', () => {
    expect(scores.lineages.groups.map(({ name, support, f1 }) => [name, support, f1])).toEqual([
      ['granulocytic', 12, 1],
      ['erythroid', 10, 20 / 24],
      ['lymphoid', 1, 0],
      ['plasma_cell', 4, 0],
    ])
    expect(scores.lineages.macroF1!.value).toBeCloseTo((1 + 20 / 24) / 2, 12)
  })

  test('band goes with segmented, myelocyte with metamyelocyte', () => {
    const f1 = Object.fromEntries(scores.merged.groups.map((group) => [group.name, group.f1]))
    expect(f1.band_or_segmented).toBeCloseTo(8 / 10, 12)
    expect(f1.myelocyte_or_metamyelocyte).toBeCloseTo(12 / 14, 12)
  })

  test('shares of a line are compared image by image', () => {
    const of = (lineage: string) => scores.differences!.find((one) => one.lineage === lineage)!
    // one.png: 14 for 10 of 20, two.png: none for none.
    expect(of('erythroid')).toMatchObject({ images: 2, bias: 10 })
    expect(of('plasma_cell').bias).toBe(-10)
    expect(of('erythroid').high).toBeCloseTo(10 + 1.959964 * Math.sqrt(200), 6)
  })
})
