import { expect, test } from 'vitest'
import type { LabelledCrop } from '../../annotation/index.ts'
import { cropScores } from './crop-scores.ts'

/** 100×100 pixels of 0.1 µm. */
function crop(type: string, source = 'matek'): LabelledCrop {
  return { file: `${type}.png`, source, type, umPerPixel: 0.1, centre: [50, 50] }
}

test('shares are of the cells that have a type; the others are told apart', () => {
  const scored = [
    { crop: crop('blast'), score: 0.9 },
    { crop: crop('blast'), score: 0.4 },
    { crop: crop('monocyte'), score: 0.5 },
    { crop: crop('not_identifiable'), score: null },
    { crop: crop('monocyte', 'pbc'), score: 0.9 },
  ]
  const all = [...scored.map((one) => one.crop), crop('platelet', 'pbc'), crop('platelet', 'pbc')]
  const [matek, pbc] = cropScores(scored, all, 0.5)
  expect(matek).toMatchObject({
    source: 'matek',
    crops: 3,
    byClass: [
      { class: 'blast', crops: 2, found: 1 },
      { class: 'monocyte', crops: 1, found: 1 },
    ],
    notIdentifiable: { crops: 1, found: 0 },
    leftOut: 0,
  })
  expect(matek!.found!.value).toBeCloseTo(2 / 3, 12)
  expect(pbc).toMatchObject({ source: 'pbc', crops: 1, notIdentifiable: null, leftOut: 2 })
})
