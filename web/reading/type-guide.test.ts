import { expect, test } from 'vitest'
import { CELL_TYPES } from '../../cytology/index.ts'
import { TYPE_GUIDE } from './type-guide.ts'

test('every type is described in both languages, and no two nuclei alike', () => {
  expect(Object.keys(TYPE_GUIDE)).toEqual([...CELL_TYPES])
  for (const lang of ['en', 'zh'] as const) {
    const nuclei = CELL_TYPES.map((type) => TYPE_GUIDE[type].nucleus[lang])
    expect(new Set(nuclei).size).toBe(CELL_TYPES.length)
  }
})
