import { expect, test } from 'vitest'
import { isCellClass } from '../cytology/index.ts'
import { labelNamed } from './label-names.ts'
import { type Box, boxCentre, isNucleated, touchesEdge } from './labelled-image.ts'

test.each<[Box, boolean]>([
  [[1, 20, 10, 10], true],
  [[20, 1, 10, 10], true],
  [[89, 20, 10, 10], true],
  [[20, 69, 10, 10], true],
  [[2, 2, 96, 76], false],
])('in an image of 100×80, %j touches the edge: %s', (box, touches) => {
  expect(touchesEdge(box, 100, 80)).toBe(touches)
})

test('the centre of a box', () => expect(boxCentre([10, 20, 5, 8])).toEqual([12.5, 24]))

test.each([
  ['WBC', 'white', true],
  ['Red blood cell', 'red', false],
  ['Platelets', 'platelet', false],
  ['plasma_cell', 'plasma_cell', true],
  ['constructor', 'constructor', true],
])('%s means %s', (name, label, nucleated) => {
  expect(labelNamed(name)).toBe(label)
  expect(isNucleated(labelNamed(name))).toBe(nucleated)
})

test('only the ids of cell types are cell classes', () => {
  expect(['plasma_cell', 'not_identifiable', 'white'].map(isCellClass)).toEqual([true, true, false])
})
