import { expect, test } from 'vitest'
import { parseYolo } from './yolo.ts'

const image = { file: 'a.txt', width: 200, height: 100, names: ['white', 'red'] }

test('shares of the image become pixels', () => {
  expect(parseYolo('1 0.5 0.5 0.1 0.2\r\n\n0 0.05 0.5 0.1 0.2\n', image)).toEqual([
    { box: [90, 40, 20, 20], label: 'red', touchesEdge: false },
    { box: [0, 40, 20, 20], label: 'white', touchesEdge: true },
  ])
})

test('no line, no box', () => expect(parseYolo('', image)).toEqual([]))

test.each([
  ['0 0.5 0.5 0.1', 'line 2: there are 4 values where 5 should be'],
  ['2 0.5 0.5 0.1 0.1', "line 2: there is no class '2'"],
  ['cell 0.5 0.5 0.1 0.1', "line 2: there is no class 'cell'"],
  ['0 90 40 20 20', 'line 2: centre and size of a box must be shares'],
  ['0 0.5 0.5 0 0.1', 'line 2: centre and size of a box must be shares'],
  ['0 0.5 x 0.1 0.1', 'line 2: centre and size of a box must be shares'],
])('refuses %s', (line, why) => {
  expect(() => parseYolo(`0 0.5 0.5 0.1 0.1\n${line}`, image)).toThrow(
    expect.objectContaining({ code: 'YOLO_INVALID', file: 'a.txt', message: expect.stringContaining(why) }),
  )
})
