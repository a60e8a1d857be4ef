import { describe, expect, test } from 'vitest'
import { publishedCrop, someOfEach } from './published-crops.ts'

describe('the type of a published crop', () => {
  test.each([
    ['bone_marrow_cell_dataset/MMZ/0001-1000/MMZ_00001.jpg', 'metamyelocyte', 'tcia-marrow'],
    ['PEB\\PEB_00001.jpg', 'erythroblast', 'tcia-marrow'],
    ['PBC_dataset_normal_DIB/ig/PMY_100878.jpg', 'promyelocyte', 'pbc'],
    ['neutrophil/SNE_1.jpg', 'segmented_neutrophil', 'pbc'],
    ['mine/plasma_cell/17.png', 'plasma_cell', undefined],
    ['plasma_cell/BNE_17.png', 'plasma_cell', undefined],
  ])('%s', (path, type, set) => {
    const found = publishedCrop(path)!
    expect([found.type, found.set?.id]).toEqual([type, set])
  })
  test.each([
    'KSC/0001-1000/KSC_00001.jpg',
    'neutrophil/NEUTROPHIL_1.jpg',
    'ig/IG_1.jpg',
    'not_identifiable/a.png',
    'a.png',
  ])('%s is none of the twelve', (path) => expect(publishedCrop(path)).toBeUndefined())
})

test('at most so many of each type, from the whole of the list', () => {
  const items = Array.from({ length: 10 }, (_, n) => ({ type: 'blast' as const, n }))
  const others = [{ type: 'monocyte' as const, n: 100 }]
  expect(someOfEach([...items, ...others], 3).map(({ n }) => n)).toEqual([0, 3, 6, 100])
})
