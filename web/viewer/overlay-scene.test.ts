import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Cell } from '../api/types.ts'
import { cornerAt, moveCorner, Scene, scaleBar } from './overlay-scene.ts'

const cell = (id: string, x: number, y: number, width: number, height: number) =>
  ({ id, box: { x, y, width, height } }) as Cell

test('finds the inner of two boxes under a point, and nothing on empty ground', () => {
  const scene = new Scene([cell('outer', 0, 0, 600, 600), cell('inner', 250, 250, 20, 20)])
  expect(scene.at(255, 255)?.id).toBe('inner')
  expect(scene.at(500, 500)?.id).toBe('outer')
  expect(scene.at(700, 100)).toBeUndefined()
})

test('the view holds exactly the boxes that touch it', () => {
  const box = fc.record({
    x: fc.integer({ min: 0, max: 2000 }),
    y: fc.integer({ min: 0, max: 2000 }),
    width: fc.integer({ min: 3, max: 700 }),
    height: fc.integer({ min: 3, max: 700 }),
  })
  fc.assert(
    fc.property(fc.array(box, { maxLength: 40 }), box, (boxes, view) => {
      const cells = boxes.map((b, i) => cell(String(i), b.x, b.y, b.width, b.height))
      const touches = cells.filter(
        ({ box: b }) =>
          b.x < view.x + view.width &&
          b.y < view.y + view.height &&
          b.x + b.width > view.x &&
          b.y + b.height > view.y,
      )
      expect(new Set(new Scene(cells).within(view))).toEqual(new Set(touches))
    }),
  )
})

test('a corner can be taken and moved, within the image, through the opposite one', () => {
  const box = { x: 10, y: 10, width: 20, height: 20 }
  expect(cornerAt(box, 31, 29, 3)).toBe('se')
  expect(cornerAt(box, 20, 20, 3)).toBeUndefined()
  expect(moveCorner(box, 'se', 500, 50, { width: 100, height: 100 })).toEqual({
    x: 10,
    y: 10,
    width: 90,
    height: 40,
  })
  expect(moveCorner(box, 'se', 4, 50, { width: 100, height: 100 })).toEqual({
    x: 4,
    y: 10,
    width: 6,
    height: 40,
  })
})

test.each([
  [0.1, 120, 10],
  [0.1, 199, 10],
  [0.5, 120, 50],
  [0.02, 120, 2],
])('at %d µm a pixel, at most %d pixels, the bar is %d µm', (scale, most, um) => {
  expect(scaleBar(scale, most)).toEqual({ um, pixels: um / scale })
})
