import { expect, test } from 'vitest'
import { historyByCell } from './history-by-cell.ts'

const words = (change: { before: unknown; after: object } | null) =>
  change === null ? 'as before' : change.before === null ? 'added' : JSON.stringify(change.after)
const entry = (n: number, userName: string, changes: object[]) =>
  ({ id: `${n}`, at: n, userId: userName, userName, changes }) as never
const change = (cellId: string, before: object | null, after: object) => ({ cellId, before, after })

test('a cell counts once, from what it was at first to what it is now', () => {
  const log = [
    entry(1, 'Han', [
      change('a', { type: 'blast', reviewed: false }, { type: 'monocyte', reviewed: true }),
      change('b', { reviewed: false }, { reviewed: true }),
      change('c', { reviewed: false }, { reviewed: true }),
      change('d', null, { type: 'blast' }),
    ]),
    entry(2, 'Li', [
      change('a', { type: 'monocyte' }, { type: 'lymphocyte' }),
      change('b', { reviewed: true }, { reviewed: false }),
      change('d', { type: 'blast' }, { type: 'monocyte' }),
    ]),
    entry(3, 'Han', [change('a', { reviewed: true }, { reviewed: true })]),
  ]
  expect(historyByCell(log, words)).toEqual([
    { words: '{"type":"lymphocyte","reviewed":true}', cells: 1, people: ['Han', 'Li'], at: 3 },
    { words: 'as before', cells: 1, people: ['Han', 'Li'], at: 2 },
    { words: 'added', cells: 1, people: ['Han', 'Li'], at: 2 },
    { words: '{"reviewed":true}', cells: 1, people: ['Han'], at: 1 },
  ])
})

test('cells of which the same is to be said stand together, the most first', () => {
  const all = ['a', 'b', 'c'].map((id) => change(id, { reviewed: false }, { reviewed: true }))
  const log = [entry(1, 'Li', [change('x', null, {})]), entry(2, 'Han', all)]
  expect(historyByCell(log, words).map(({ cells }) => cells)).toEqual([3, 1])
  expect(historyByCell([], words)).toEqual([])
})
