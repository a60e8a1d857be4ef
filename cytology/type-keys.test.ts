import { expect, test } from 'vitest'
import { CELL_CLASSES } from './cell-types.ts'
import { keyFaults, RESERVED_KEYS, USUAL_TYPE_KEYS } from './type-keys.ts'

test('the usual keys are a choice without fault, one for each type', () => {
  expect(Object.keys(USUAL_TYPE_KEYS)).toEqual([...CELL_CLASSES])
  expect(keyFaults(USUAL_TYPE_KEYS)).toEqual([])
})

test('names every clash', () => {
  const keys = { ...USUAL_TYPE_KEYS, promyelocyte: 'P', myelocyte: 'p', monocyte: 'Z', lymphocyte: 'ab' }
  expect(keyFaults({ ...keys, eosinophil: '', unicorn: 'n' })).toEqual([
    { kind: 'unknown', name: 'unicorn' },
    { kind: 'alike', type: 'myelocyte', other: 'promyelocyte', key: 'p' },
    { kind: 'missing', type: 'eosinophil' },
    { kind: 'reserved', type: 'monocyte', key: 'z' },
    { kind: 'not_single', type: 'lymphocyte' },
  ])
})

test('no key of the pages can be taken, nor what no key gives', () => {
  for (const key of RESERVED_KEYS) {
    expect(keyFaults({ ...USUAL_TYPE_KEYS, blast: key })).toMatchObject([{ kind: 'reserved', key }])
  }
  for (const key of ['\t', '\u0000', '\u200b', '12']) {
    expect(keyFaults({ ...USUAL_TYPE_KEYS, blast: key })).toEqual([{ kind: 'not_single', type: 'blast' }])
  }
  expect(keyFaults({ ...USUAL_TYPE_KEYS, blast: 'é' })).toEqual([])
})
