import { expect, test } from 'vitest'
import { detailLines } from './detail-lines.ts'

test('what was beside what is, also within objects and lists', () => {
  const before = { target: 500, patient: { name: '李雷', birthDate: null }, type: { blast: 2 } }
  const after = { target: 200, patient: { name: '李蕾' }, type: { blast: 1, monocyte: 1 }, accepted: ['A'] }
  expect(detailLines(before, after)).toEqual([
    { path: ['target'], before: '500', after: '200' },
    { path: ['patient', 'name'], before: '李雷', after: '李蕾' },
    { path: ['type', 'blast'], before: '2', after: '1' },
    { path: ['type', 'monocyte'], before: undefined, after: '1' },
    { path: ['accepted', '0'], before: undefined, after: 'A' },
  ])
  expect(detailLines(undefined, undefined)).toEqual([])
})
