import { expect, test } from 'vitest'
import type { Box, LabelledField } from '../../annotation/index.ts'
import { evaluatedImage, isNucleated } from '../../annotation/index.ts'
import { cropMistakes, fieldMistakes, worst } from './mistakes.ts'

const FOUND: Box = [10, 10, 20, 20]
const WEAK: Box = [60, 10, 20, 20]
const UNSEEN: Box = [10, 60, 20, 20]
const NOTHING: Box = [60, 60, 20, 20]

const field: LabelledField = {
  file: 'field.png',
  source: 'drawn',
  width: 100,
  height: 100,
  boxes: [
    { box: FOUND, label: 'white' },
    { box: WEAK, label: 'white' },
    { box: UNSEEN, label: 'white' },
    { box: NOTHING, label: 'red' },
  ],
}
const detections = [
  { box: FOUND, score: 0.9 },
  { box: NOTHING, score: 0.8 },
  { box: WEAK, score: 0.2 },
]

function mistakes(changed: Partial<LabelledField> = {}) {
  const own = { ...field, ...changed }
  return fieldMistakes(
    { field: own, umPerPixel: 0.1, image: evaluatedImage(own, detections, isNucleated) },
    0.5,
  )
}

test('misses carry the best score below the threshold, a red cell found is wrong', () => {
  expect(mistakes().map(({ kind, box, centre, score }) => [kind, box, centre, score])).toEqual([
    ['missed', WEAK, [70, 20], 0.2],
    ['missed', UNSEEN, [20, 70], null],
    ['extra', NOTHING, [70, 70], 0.8],
  ])
})

test('where only some cells are labelled no find is wrong', () => {
  expect(mistakes({ partial: true }).map(({ kind }) => kind)).toEqual(['missed', 'missed'])
})

test('a doubtful cell is not missed', () => {
  const boxes = field.boxes.map((one) => (one.box === UNSEEN ? { ...one, ignore: true } : one))
  expect(mistakes({ boxes }).filter(({ kind }) => kind === 'missed')).toHaveLength(1)
})

test('a crop is a mistake when its centre cell scored below the threshold or not at all', () => {
  const crop = { file: 'a.png', source: 'crops', type: 'blast', umPerPixel: 0.1, centre: [5, 5] as const }
  const scored = [0.9, 0.4, null].map((score) => ({ crop, score }))
  expect(cropMistakes(scored, 0.5).map(({ score }) => score)).toEqual([0.4, null])
})

test('the worst come first: what was not seen at all, and the surest wrong find', () => {
  const [missed, extra] = [
    mistakes().filter((m) => m.kind === 'missed'),
    mistakes().filter((m) => m.kind === 'extra'),
  ]
  const surer = { ...extra[0]!, score: 0.99 }
  expect(worst([...missed, ...extra, surer]).map(({ score }) => score)).toEqual([null, 0.2, 0.99, 0.8])
})
