import { expect, test } from 'vitest'
import { changed } from './changed.ts'

test('only what differs is kept, also inside', () => {
  const before = { site: 'iliac', target: 500, patient: { name: '李雷', sex: 'male' }, types: ['blast'] }
  const after = { ...before, target: 200, patient: { name: '李蕾', sex: 'male' }, reader: 'W' }
  expect(changed(before, after)).toEqual({
    before: { target: 500, patient: { name: '李雷' } },
    after: { target: 200, patient: { name: '李蕾' }, reader: 'W' },
  })
  expect(changed(before, before)).toEqual({ before: {}, after: {} })
})
