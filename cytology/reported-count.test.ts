import { expect, test } from 'vitest'
import { addCounts, countedTwice, reportedCount } from './reported-count.ts'

const images = { blast: 3, lymphocyte: 7, not_identifiable: 1 }
const microscope = { blast: 5, erythroblast: 15 }

test('where a case was counted twice, what was chosen is reported', () => {
  const sources = { images, microscope }
  expect(countedTwice(sources)).toBe(true)
  expect(reportedCount('microscope', sources)).toEqual({ from: 'microscope', counts: microscope })
  expect(reportedCount('both', sources)).toEqual({
    from: 'both',
    counts: { blast: 8, lymphocyte: 7, erythroblast: 15, not_identifiable: 1 },
  })
  expect(reportedCount(null, sources)).toEqual({ from: 'images', counts: images })
})

test.each(['images', 'microscope', 'both', null] as const)(
  'one count alone is reported, %s chosen',
  (chosen) => {
    expect(reportedCount(chosen, { images, microscope: { blast: 0 } })).toEqual({
      from: 'images',
      counts: images,
    })
    expect(reportedCount(chosen, { images: {}, microscope })).toEqual({
      from: 'microscope',
      counts: microscope,
    })
    expect(reportedCount(chosen, { images: {}, microscope: {} }).counts).toEqual({})
  },
)

test('counts are added class by class', () => {
  expect(addCounts({}, {})).toEqual({})
  expect(addCounts(images, images)).toEqual({ blast: 6, lymphocyte: 14, not_identifiable: 2 })
})
