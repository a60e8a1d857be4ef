import { expect, test } from 'vitest'
import { changeInWords } from './change-in-words.ts'

const box = { x: 1, y: 2, width: 3, height: 4 }
const said = (before: unknown, after: unknown) => changeInWords({ before, after }, (key) => key, 'en')

test.each([
  [null, { type: 'blast' }, 'report.added'],
  [{ type: 'blast', reviewed: false }, { type: 'monocyte', reviewed: true }, 'Blast → Monocyte'],
  [{ reviewed: false }, { reviewed: true }, 'report.confirmed'],
  [
    { reviewed: false, confirmed: null },
    { reviewed: true, confirmed: 'together' },
    'report.confirmed (report.how.together)',
  ],
  [{ confirmed: 'together' }, { confirmed: 'singly' }, 'report.confirmed (report.how.singly)'],
  [
    { type: 'blast', confirmed: null },
    { type: 'monocyte', confirmed: 'singly' },
    'Blast → Monocyte (report.how.singly)',
  ],
  [{ reviewed: true, confirmed: 'singly' }, { reviewed: false, confirmed: null }, 'report.reopened'],
  [{ reviewed: true }, { reviewed: false }, 'report.reopened'],
  [{ deleted: false }, { deleted: true }, 'report.removed'],
  [{ deleted: true }, { deleted: false }, 'report.restored'],
  [{ box }, { box: { ...box, x: 2 } }, 'report.moved'],
  [{ box, type: 'blast' }, { box: { ...box, x: 2 }, type: 'monocyte' }, 'Blast → Monocyte, report.moved'],
])('%j → %j: %s', (before, after, words) => expect(said(before, after)).toBe(words))
