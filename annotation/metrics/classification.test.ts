import fc from 'fast-check'
import { expect, test } from 'vitest'
import { classificationFigures, confusionMatrix } from './classification.ts'

const CLASSES = ['blast', 'band', 'plasma', 'nobody']

const cells = [
  ...repeat(3, 'blast', 'blast'),
  ...repeat(1, 'blast', 'band'),
  ...repeat(2, 'band', 'band'),
  ...repeat(1, 'band', 'nobody'),
  ...repeat(2, 'plasma', 'blast'),
]

test('rows are what a cell is, columns what it was named', () => {
  expect(confusionMatrix(cells, CLASSES)).toEqual([
    [3, 1, 0, 0],
    [0, 2, 0, 1],
    [2, 0, 0, 0],
    [0, 0, 0, 0],
  ])
})

test('figures by class, accuracy and macro-F1', () => {
  const { byClass, accuracy, macroF1 } = classificationFigures(cells, CLASSES)
  expect(byClass.blast).toEqual({ support: 4, precision: 3 / 5, recall: 3 / 4, f1: 6 / 9 })
  expect(byClass.band).toEqual({ support: 3, precision: 2 / 3, recall: 2 / 3, f1: 4 / 6 })
  expect(byClass.plasma).toEqual({ support: 2, precision: null, recall: 0, f1: 0 })
  expect(accuracy).toBeCloseTo(5 / 9, 12)
  expect(macroF1).toBeCloseTo((6 / 9 + 4 / 6 + 0) / 3, 12)
})

test('a class without labelled examples is left out of macro-F1', () => {
  const { byClass, macroF1 } = classificationFigures(cells, CLASSES)
  expect(byClass.nobody).toEqual({ support: 0, precision: 0, recall: null, f1: null })
  expect(macroF1).toBe(classificationFigures(cells, CLASSES, ['blast', 'band', 'plasma']).macroF1)
})

test('macro-F1 over some of the classes', () => {
  expect(classificationFigures(cells, CLASSES, ['blast']).macroF1).toBeCloseTo(6 / 9, 12)
})

test('no cell, no figure', () => {
  const { accuracy, macroF1 } = classificationFigures([], CLASSES)
  expect([accuracy, macroF1]).toEqual([null, null])
})

test('an unknown class is refused', () => {
  expect(() => confusionMatrix(repeat(1, 'blast', 'cat'), CLASSES)).toThrow("'blast' named 'cat'")
})

test('every cell is counted once; right answers alone give 1; the order of cells does not matter', () => {
  const name = fc.constantFrom(...CLASSES)
  fc.assert(
    fc.property(fc.array(fc.record({ truth: name, predicted: name }), { minLength: 1 }), (some) => {
      expect(confusionMatrix(some, CLASSES).flat()).toSatisfy(
        (counts: number[]) => counts.reduce((a, b) => a + b) === some.length,
      )
      const perfect = some.map(({ truth }) => ({ truth, predicted: truth }))
      expect(classificationFigures(perfect, CLASSES).macroF1).toBe(1)
      expect(classificationFigures([...some].reverse(), CLASSES)).toEqual(
        classificationFigures(some, CLASSES),
      )
    }),
  )
})

function repeat(times: number, truth: string, predicted: string) {
  return Array.from({ length: times }, () => ({ truth, predicted }))
}
