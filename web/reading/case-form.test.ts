import { expect, test } from 'vitest'
import { bodyOf, differences, emptyForm, onTopOf, patchOf } from './case-form.ts'

const seen = { ...emptyForm(), name: '李雷', hospitalNumber: 'H-1', site: 'iliac', target: 500 }

test('tells only what was changed, a patient whole', () => {
  expect(patchOf(seen, { ...seen })).toEqual({})
  expect(patchOf(seen, { ...seen, target: 300, readerId: 'someone' })).toEqual({
    target: 300,
    readerId: 'someone',
  })
  expect(patchOf({ ...seen, readerId: 'someone' }, seen)).toEqual({ readerId: null })
  expect(patchOf(seen, { ...seen, birthDate: '1960-02-03' })).toEqual({
    patient: { name: '李雷', hospitalNumber: 'H-1', sex: 'unknown', birthDate: '1960-02-03' },
  })
  expect(bodyOf(seen)).toMatchObject({ patient: { birthDate: null }, readerId: null, target: 500 })
})

test('what two changed differently is contested; what one changed is not', () => {
  const mine = { ...seen, target: 300, site: 'sternum', stain: 'Giemsa' }
  const theirs = { ...seen, target: 200, clinicalNote: 'anaemia', stain: 'Giemsa' }
  expect(differences(seen, mine, theirs)).toEqual([
    { key: 'clinicalNote', mine: '', theirs: 'anaemia', contested: false },
    { key: 'target', mine: 300, theirs: 200, contested: true },
  ])
  expect(differences(seen, mine, seen)).toEqual([])
})

test('neither choice loses what only one of the two changed', () => {
  const mine = { ...seen, target: 300, site: 'sternum' }
  const theirs = { ...seen, target: 200, clinicalNote: 'anaemia' }
  const both = { ...seen, site: 'sternum', clinicalNote: 'anaemia' }
  expect(onTopOf(seen, mine, theirs, 'mine')).toEqual({ ...both, target: 300 })
  expect(onTopOf(seen, mine, theirs, 'theirs')).toEqual({ ...both, target: 200 })
})
