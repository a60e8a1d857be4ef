import { expect, test } from 'vitest'
import { countCorrections } from './corrections.ts'

test('each change counts once, as the most telling of what it did', () => {
  const before = { type: 'blast', reviewed: false }
  const counts = countCorrections([
    { before: null, after: { type: 'blast', reviewed: true } },
    { before, after: { type: 'monocyte', reviewed: true } },
    { before, after: { reviewed: true } },
    { before, after: { reviewed: true } },
    { before: { reviewed: true }, after: { reviewed: false } },
    { before: { deleted: false }, after: { deleted: true } },
    { before: { deleted: true }, after: { deleted: false } },
    { before: { subtype: null, reviewed: false }, after: { subtype: 'proerythroblast', reviewed: true } },
    { before: { tags: [] }, after: { tags: ['mitosis'] } },
    { before: { type: 'blast', subtype: 'myeloblast' }, after: { type: 'monocyte', subtype: null } },
    { before: { box: {} }, after: { box: {}, reviewed: true } },
  ])
  expect(counts).toEqual({
    ...{ confirmed: 2, renamed: 2, added: 1, removed: 1, restored: 1, moved: 1, refined: 2, reopened: 1 },
  })
})
