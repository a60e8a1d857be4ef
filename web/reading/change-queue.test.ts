import { expect, test } from 'vitest'
import type { Cell } from '../api/types.ts'
import { ChangeQueue, type QueuePorts } from './change-queue.ts'
import type { CellSet } from './undo.ts'

type Sent = Parameters<QueuePorts['send']>[0]

/** A server that the test answers by hand, and the page's cells. */
function bench() {
  const cells = new Map<string, Cell>(
    ['a', 'b'].map((id) => [id, { id, type: 'blast', reviewed: false, version: 1 } as Cell]),
  )
  const sent: Sent[] = []
  const states: string[] = []
  const later: (() => void)[] = []
  let answers: { yes: (cells: Cell[]) => void; no: (error: unknown) => void }[] = []
  const queue: ChangeQueue = new ChangeQueue({
    send(changes) {
      sent.push(changes)
      return new Promise((yes, no) => answers.push({ yes, no }))
    },
    versionOf: (id) => cells.get(id)?.version,
    arrived(all) {
      for (const cell of all) cells.set(cell.id, queue.overlay(cell))
    },
    changed: (state) => states.push(state),
    later: (run) => later.push(run),
  })
  const settle = () => new Promise((done) => setTimeout(done))
  return {
    queue,
    cells,
    sent,
    states,
    later,
    add: (id: string, set: CellSet) => queue.add({ changes: [{ id, set }] }),
    async accept() {
      const changes = sent.at(-1)!
      const [answer] = answers.splice(0, 1)
      answer!.yes(
        changes.map(({ id, version, set }) => ({ ...cells.get(id)!, ...set, version: version + 1 }) as Cell),
      )
      await settle()
    },
    async refuse(error: object) {
      const all = answers
      answers = []
      for (const { no } of all) no(error)
      await settle()
    },
  }
}

test('one request at a time, in order, each with the version that the one before made', async () => {
  const { add, accept, sent, cells, states, queue } = bench()
  add('a', { type: 'monocyte' })
  add('a', { type: 'lymphocyte' })
  expect(sent).toHaveLength(1)
  await accept()
  expect(cells.get('a')).toMatchObject({ type: 'lymphocyte', version: 2 })
  expect(sent[1]).toEqual([{ id: 'a', version: 2, set: { type: 'lymphocyte' } }])
  await accept()
  expect([states.at(-1), queue.waiting.length]).toEqual(['idle', 0])
})

test('without a network nothing is lost and it is tried again', async () => {
  const { add, refuse, accept, later, sent, states, queue } = bench()
  add('a', { reviewed: true })
  await refuse({ status: 0, code: 'OFFLINE', message: '' })
  expect([states.at(-1), queue.waiting.length]).toEqual(['offline', 1])
  later.at(-1)!()
  expect(sent).toHaveLength(2)
  await accept()
  expect(states.at(-1)).toBe('idle')
})

test('a conflict halts until a person decides', async () => {
  const conflict = { status: 409, code: 'CHANGED_MEANWHILE', message: '', details: { cells: [] } }
  const theirs = bench()
  theirs.add('a', { type: 'monocyte' })
  theirs.add('b', { type: 'monocyte' })
  await theirs.refuse(conflict)
  expect([theirs.states.at(-1), theirs.sent.length]).toEqual(['conflict', 1])
  theirs.queue.go()
  expect(theirs.sent).toHaveLength(1)
  theirs.queue.resolve(['a'], 'theirs')
  expect(theirs.sent[1]).toEqual([{ id: 'b', version: 1, set: { type: 'monocyte' } }])

  const mine = bench()
  mine.add('a', { type: 'monocyte' })
  await mine.refuse(conflict)
  mine.cells.set('a', { ...mine.cells.get('a')!, version: 5 })
  mine.queue.resolve(['a'], 'mine')
  expect(mine.sent[1]).toEqual([{ id: 'a', version: 5, set: { type: 'monocyte' } }])
})

test('a change whose answer was lost is no conflict', async () => {
  const { add, refuse, later, cells, states, sent, queue } = bench()
  add('a', { type: 'monocyte' })
  const there = { ...cells.get('a')!, type: 'monocyte', reviewed: true, version: 2 }
  await refuse({ status: 409, code: 'CHANGED_MEANWHILE', message: '', details: { cells: [there] } })
  later.at(-1)!()
  await new Promise((done) => setTimeout(done))
  expect([states.at(-1), queue.waiting.length, sent.length]).toEqual(['idle', 0, 1])
  expect(cells.get('a')).toMatchObject({ type: 'monocyte', version: 2 })
})

test('what the server refuses for good is not sent for ever', async () => {
  const { add, refuse, states, queue, later } = bench()
  add('a', { type: 'monocyte' })
  await refuse({ status: 409, code: 'CASE_SIGNED', message: '' })
  expect([states.at(-1), queue.waiting.length, later.length]).toEqual(['refused', 0, 0])
})
