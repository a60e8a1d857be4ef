import { expect, test } from 'vitest'
import { cosine } from './cosine.ts'

test('alike is 1, opposite -1, and nothing is like nothing', () => {
  const [a, b] = [Int8Array.of(3, -4), Int8Array.of(-6, 8)]
  expect([cosine(a, a), cosine(a, b), cosine(a, Int8Array.of(0, 0))]).toEqual([1, -1, 0])
})
