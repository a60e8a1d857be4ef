import fc from 'fast-check'
import { expect, test } from 'vitest'
import { middleInside } from './keep-inside.ts'

const IMAGE = { x: 0, y: 0, width: 1000, height: 700 }

test('a view that is larger than the image has it in the middle', () => {
  expect(middleInside({ x: -900, y: 300, width: 2000, height: 900 }, IMAGE)).toEqual({ x: 500, y: 350 })
})

test('a view into the image stays where it is; its middle goes no further than the border', () => {
  expect(middleInside({ x: 100, y: 50, width: 200, height: 200 }, IMAGE)).toEqual({ x: 200, y: 150 })
  expect(middleInside({ x: -500, y: 690, width: 200, height: 200 }, IMAGE)).toEqual({ x: 0, y: 700 })
})

test('a view that is hardly smaller than the image can hardly be moved', () => {
  const { x, y } = middleInside({ x: -900, y: 900, width: 999, height: 699 }, IMAGE)
  expect(x).toBeCloseTo(499.5, 1)
  expect(y).toBeCloseTo(350.5, 1)
})

test('at least a quarter of the smaller of view and image is seen, and a view that was moved inside stays', () => {
  const side = fc.integer({ min: 1, max: 3000 })
  const at = fc.integer({ min: -5000, max: 5000 })
  fc.assert(
    fc.property(at, at, side, side, (x, y, width, height) => {
      const middle = middleInside({ x, y, width, height }, IMAGE)
      const view = { x: middle.x - width / 2, y: middle.y - height / 2, width, height }
      const across = Math.min(view.x + width, IMAGE.width) - Math.max(view.x, 0)
      const down = Math.min(view.y + height, IMAGE.height) - Math.max(view.y, 0)
      expect(across).toBeGreaterThanOrEqual(Math.min(width, IMAGE.width) / 2 - 1e-6)
      expect(down).toBeGreaterThanOrEqual(Math.min(height, IMAGE.height) / 2 - 1e-6)
      const again = middleInside(view, IMAGE)
      expect(again.x).toBeCloseTo(middle.x, 6)
      expect(again.y).toBeCloseTo(middle.y, 6)
    }),
  )
})
