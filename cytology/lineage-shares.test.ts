import { expect, test } from 'vitest'
import { lineageShares } from './lineage-shares.ts'

test('a lineage is the sum of its types, over all that is counted', () => {
  const shares = lineageShares({
    blast: 10,
    promyelocyte: 5,
    segmented_neutrophil: 40,
    eosinophil: 5,
    monocyte: 4,
    lymphocyte: 15,
    plasma_cell: 1,
    erythroblast: 20,
    not_identifiable: 30,
  })
  const percents = Object.entries(shares).map(([id, { percent }]) => [id, percent])
  expect(percents).toEqual([
    ['granulocytic', 50],
    ['erythroid', 20],
    ['monocytic', 4],
    ['lymphoid', 15],
    ['plasma_cell', 1],
  ])
  // scipy.stats.beta.ppf([0.025, 0.975], [20, 21], [81, 80])
  expect([shares.erythroid.low, shares.erythroid.high].map((value) => value!.toFixed(3))).toEqual([
    '12.666',
    '29.184',
  ])
})

test('nothing counted has no shares', () => {
  expect(lineageShares({ not_identifiable: 3 }).erythroid).toEqual({
    count: 0,
    percent: null,
    low: null,
    high: null,
  })
})
