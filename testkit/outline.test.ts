import { expect, test } from 'vitest'
import { drawOutline, edgeTowards, flatten, longest, reach } from './outline.ts'
import { seededRandom } from './prng.ts'

const smooth = (elongation: number) =>
  drawOutline(5, { elongation, axis: [1, 0], wobble: 0 }, seededRandom(1))

test('a round outline has its radius everywhere', () => {
  for (const [x, y] of [
    [1, 0],
    [-2, 1],
    [0, -3],
    [-1, -1],
  ] as const) {
    expect(edgeTowards(smooth(1), x, y)).toBeCloseTo(5, 4)
  }
  expect(reach(smooth(1)).map((far) => Math.round(far * 100) / 100)).toEqual([5, 5, 5, 5])
})

test('an elongated one is long along its axis and covers the same area', () => {
  const long = edgeTowards(smooth(2), 1, 0)
  const short = edgeTowards(smooth(2), 0, 1)
  expect(long / short).toBeCloseTo(2, 3)
  expect(long * short).toBeCloseTo(25, 2)
  expect(longest(smooth(2))).toBeCloseTo(long, 4)
})

test('flattening cuts off what passes the line and nothing else', () => {
  const outline = smooth(1)
  flatten(outline, 1, 0, 3)
  expect(reach(outline)[2]).toBeCloseTo(3, 4)
  expect(reach(outline)[0]).toBeCloseTo(5, 4)
  expect(edgeTowards(outline, 0, 1)).toBeCloseTo(5, 4)
})
