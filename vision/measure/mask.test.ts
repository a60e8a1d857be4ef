import { expect, test } from 'vitest'
import { area, cleaned, depth, type Mask, opened, parts, perimeter } from './mask.ts'

function mask(width: number, height: number, inside: (x: number, y: number) => boolean): Mask {
  const data = Uint8Array.from({ length: width * height }, (_, i) =>
    inside((i % width) + 0.5, Math.floor(i / width) + 0.5) ? 1 : 0,
  )
  return { data, width, height }
}
const disc = (r: number) => mask(100, 100, (x, y) => Math.hypot(x - 50.2, y - 49.7) < r)

test.each([8, 15, 30])('the edge of a disc of radius %i', (r) => {
  expect(Math.abs(perimeter(disc(r)) / (2 * Math.PI * r) - 1)).toBeLessThan(0.03)
})

test('the depth of a disc is its radius', () => {
  const deepest = Math.max(...depth(disc(30)))
  expect(Math.abs(deepest - 30)).toBeLessThan(1.2)
  const far = depth(mask(40, 9, (x) => x > 1))
  expect(far[0]).toBe(0)
  expect(far[39]).toBe(39)
})

test('parts are told apart, and touch only by sides', () => {
  const { labels, areas } = parts(mask(4, 4, (x, y) => x < 2 === y < 2))
  expect(areas).toEqual([0, 4, 4])
  expect(labels[0]).not.toBe(labels[15])
})

test('small parts and holes are cleaned away', () => {
  const ring = mask(60, 60, (x, y) => {
    const away = Math.hypot(x - 30, y - 30)
    return (away > 2 && away < 20) || (x < 3 && y < 3)
  })
  const clean = cleaned(ring, 20, 30)
  expect(clean.data[0]).toBe(0)
  expect(clean.data[30 * 60 + 30]).toBe(1)
  expect(Math.abs(area(clean) / (Math.PI * 400) - 1)).toBeLessThan(0.02)
})

test('opening takes a tongue away and leaves a disc as it was', () => {
  const withTongue = mask(100, 100, (x, y) => {
    return Math.hypot(x - 40, y - 50) < 20 || (x > 40 && x < 90 && Math.abs(y - 50) < 2)
  })
  const open = opened(withTongue, 4)
  expect(open.data[50 * 100 + 80]).toBe(0)
  expect(Math.abs(area(open) / (Math.PI * 400) - 1)).toBeLessThan(0.03)
})
