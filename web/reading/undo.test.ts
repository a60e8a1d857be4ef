import { expect, test } from 'vitest'
import { around, halves } from '../api/geometry.ts'
import type { Cell } from '../api/types.ts'
import { changed, differs, History, inverse, sayingHow } from './undo.ts'

const cell = {
  id: 'a',
  type: 'blast',
  reviewed: false,
  confirmed: null,
  deleted: false,
  subtype: null,
  tags: [],
  box: { x: 1, y: 2, width: 3, height: 4 },
} as Cell

test('naming a cell settles it, and undoing gives it back as it was', () => {
  const named = changed(cell, { type: 'monocyte' })
  expect(named).toMatchObject({ type: 'monocyte', reviewed: true })
  expect(changed(named, inverse(cell, { type: 'monocyte' }).set)).toEqual(cell)
})

test.each([{ deleted: true }, { reviewed: true }, { box: { x: 9, y: 9, width: 9, height: 9 } }])(
  'the inverse of %j gives the cell back',
  (set) => expect(changed(changed(cell, set), inverse(cell, set).set)).toEqual(cell),
)

test('an act on one cell settles it singly, one on several together; what settles nothing says nothing', () => {
  const on = (ids: string[], set: object) => ids.map((id) => ({ id, set }))
  const how = (changes: ReturnType<typeof on>, together?: boolean) =>
    sayingHow(changes, together).map(({ set }) => set.confirmed)
  expect(how(on(['a'], { reviewed: true }))).toEqual(['singly'])
  expect(how(on(['a'], { type: 'blast' }))).toEqual(['singly'])
  expect(how(on(['a', 'b'], { reviewed: true }))).toEqual(['together', 'together'])
  expect(how(on(['a'], { reviewed: true }), true)).toEqual(['together'])
  expect(how(on(['a', 'b'], { deleted: true }))).toEqual([undefined, undefined])
  expect(how([...on(['a'], { type: 'blast' }), ...on(['b'], { deleted: true })])).toEqual([
    'singly',
    undefined,
  ])
})

test('confirming singly says more of a cell that was settled together; confirming together says no less', () => {
  const together = changed(cell, { reviewed: true, confirmed: 'together' })
  expect(differs(together, { reviewed: true, confirmed: 'singly' })).toBe(true)
  const singly = changed(together, { reviewed: true, confirmed: 'singly' })
  expect(singly).toMatchObject({ reviewed: true, confirmed: 'singly' })
  expect(differs(singly, { reviewed: true, confirmed: 'together' })).toBe(false)
  expect(changed(singly, inverse(together, { reviewed: true }).set)).toEqual(together)
  expect(differs(singly, { type: 'monocyte', confirmed: 'together' })).toBe(true)
})

test('undo and redo walk the same steps; a new step forgets what was undone', () => {
  const history = new History()
  const step = (name: string) => ({
    forward: [{ id: name, set: {} }],
    back: [{ id: `not ${name}`, set: {} }],
  })
  for (let i = 0; i < 5000; i++) history.push(step(String(i)))
  expect(history.undo()).toEqual([{ id: 'not 4999', set: {} }])
  expect(history.undo()).toEqual([{ id: 'not 4998', set: {} }])
  expect(history.redo()).toEqual([{ id: '4998', set: {} }])
  history.push(step('new'))
  expect(history.canRedo).toBe(false)
  for (let i = 0; i < 5000; i++) history.undo()
  expect(history.canUndo).toBe(false)
  expect(history.undo()).toBeUndefined()
})

test('boxes around and halves', () => {
  const [left, right] = halves({ x: 0, y: 0, width: 10, height: 4 })
  expect(right).toEqual({ x: 5, y: 0, width: 5, height: 4 })
  expect(around([left, right])).toEqual({ x: 0, y: 0, width: 10, height: 4 })
})
