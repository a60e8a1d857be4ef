import { expect, test } from 'vitest'
import { addedOnTop, contestedTypes, sameCounts } from './merge-counts.ts'

test('what each of two added to one count is in the sum', () => {
  const base = { blast: 3, lymphocyte: 7 }
  const mine = { blast: 5, lymphocyte: 6, monocyte: 2 }
  const theirs = { blast: 4, lymphocyte: 7, erythroblast: 1 }
  expect(addedOnTop(base, mine, theirs)).toEqual({ blast: 6, lymphocyte: 6, monocyte: 2, erythroblast: 1 })
  expect(addedOnTop(base, base, theirs)).toEqual(theirs)
})

test('a count never falls below none', () => {
  expect(addedOnTop({ blast: 3 }, { blast: 0 }, { blast: 1 })).toEqual({})
})

test('two who added the same have as much to decide as any', () => {
  const base = { blast: 1 }
  const both = { blast: 2 }
  const conflict = { mine: both, theirs: both, sum: addedOnTop(base, both, both) }
  expect(conflict.sum).toEqual({ blast: 3 })
  expect(contestedTypes(conflict)).toEqual(['blast'])
})

test('none and nothing said are the same', () => {
  expect(sameCounts({ blast: 0 }, {})).toBe(true)
  expect(sameCounts({ blast: 1 }, {})).toBe(false)
})
