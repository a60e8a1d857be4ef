import { expect, test } from 'vitest'
import type { LabelledField } from '../labelled-image.ts'
import { detectionRates } from './detection-rates.ts'
import { type Detection, evaluatedImage } from './evaluated-image.ts'

const field: LabelledField = {
  file: '/a.png',
  source: 'a',
  width: 200,
  height: 100,
  boxes: [
    { box: [0, 0, 20, 20], label: 'white', touchesEdge: true },
    { box: [40, 0, 20, 20], label: 'white', touchesEdge: true },
    { box: [50, 50, 20, 20], label: 'white' },
    { box: [100, 50, 40, 20], label: 'white', ignore: true },
    { box: [150, 50, 20, 20], label: 'red' },
  ],
}

const found: Detection[] = [
  { box: [0, 0, 20, 20], score: 0.9 }, // the first border cell
  { box: [50, 50, 20, 18], score: 0.8 }, // the inner cell
  { box: [52, 50, 20, 20], score: 0.7 }, // the inner cell again
  { box: [100, 50, 20, 20], score: 0.7 }, // one half of the doubtful pair
  { box: [120, 50, 20, 20], score: 0.7 }, // its other half
  { box: [150, 50, 20, 20], score: 0.6 }, // a red cell
  { box: [40, 0, 20, 20], score: 0.2 }, // the second border cell, below the threshold
]

test('counts hits, false alarms and misses; border cells apart; a doubtful pair absorbs both halves', () => {
  const image = evaluatedImage(field, found, (label) => label === 'white')
  expect(detectionRates([image], { score: 0.5 })).toEqual({
    truePositives: 2,
    falsePositives: 2,
    misses: 1,
    precision: 2 / 4,
    recall: 2 / 3,
    f1: 4 / 7,
    border: { total: 2, found: 1, recall: 0.5 },
    inner: { total: 1, found: 1, recall: 1 },
  })
})

test('a lower threshold finds the faint cell', () => {
  const image = evaluatedImage(field, found, (label) => label === 'white')
  expect(detectionRates([image], { score: 0.1 }).border.recall).toBe(1)
})

test('a stricter IoU refuses a loose box', () => {
  const image = evaluatedImage(field, found, (label) => label === 'white')
  expect(detectionRates([image], { score: 0.5, iou: 0.95 }).inner.found).toBe(0)
})

test('no image, no figure', () => {
  const { precision, recall, f1 } = detectionRates([], { score: 0.5 })
  expect([precision, recall, f1]).toEqual([null, null, null])
})
