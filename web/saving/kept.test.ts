import { afterEach, expect, test, vi } from 'vitest'
import { keptHere } from './kept.ts'

afterEach(() => vi.unstubAllGlobals())

function device() {
  const stored = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  })
  return stored
}

test('what waits is kept by kind, person and case, until nothing waits', () => {
  const stored = device()
  const mine = keptHere<number[]>('count', 'me', 'a')
  mine.keep([1, 2])
  expect(keptHere('count', 'me', 'a').kept()).toEqual([1, 2])
  for (const other of [
    keptHere('draft', 'me', 'a'),
    keptHere('count', 'you', 'a'),
    keptHere('count', 'me', 'b'),
  ])
    expect(other.kept()).toBeNull()
  mine.keep(null)
  expect([mine.kept(), stored.size]).toEqual([null, 0])
})

test('a device that keeps nothing, or something broken, stops nobody', () => {
  device().set('marrowscope.count.me.a', '{"base":')
  expect(keptHere('count', 'me', 'a').kept()).toBeNull()
  vi.stubGlobal('localStorage', {
    setItem() {
      throw new Error('full')
    },
  })
  expect(() => keptHere('count', 'me', 'a').keep(1)).not.toThrow()
})
