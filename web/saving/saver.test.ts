import { expect, test } from 'vitest'
import { Saver, type SendError } from './saver.ts'

/** A saver of words, a server that the test answers by hand, and a clock that is turned by hand. */
function bench({ settles = false } = {}) {
  const waiting: string[] = []
  const sent: string[] = []
  const told: string[] = []
  const seen: string[] = []
  let due: { run: () => void; ms: number }[] = []
  let answer: { yes: (word: string) => void; no: (error: SendError) => void } | null = null
  const saver = new Saver<string, string>({
    next: () => waiting[0] ?? null,
    send(word) {
      sent.push(word)
      return new Promise((yes, no) => {
        answer = { yes, no }
      })
    },
    arrived: () => waiting.shift(),
    met(_, word) {
      if (settles) waiting.shift()
      seen.push(`met ${word}`)
      return settles
    },
    unanswered: (word) => seen.push(`unanswered ${word}`),
    refused: ({ code }) => seen.push(`refused ${code}`),
    changed: (state) => told.push(state),
    later: (run, ms) => due.push({ run, ms }),
  })
  const settle = () => new Promise((done) => setTimeout(done))
  return {
    ...{ saver, waiting, sent, told, seen, settle },
    waits: () => due.map(({ ms }) => ms),
    turn() {
      const now = due
      due = []
      for (const { run } of now) run()
    },
    async accept() {
      answer!.yes('')
      await settle()
    },
    async refuse(status: number, code: string) {
      answer!.no({ status, code, message: code })
      await settle()
    },
  }
}

test('what comes while a request is under way is sent after it, and flush waits for all', async () => {
  const { saver, waiting, sent, told, accept } = bench()
  waiting.push('a')
  let through = false
  void saver.flush().then(() => {
    through = true
  })
  waiting.push('b')
  void saver.flush()
  expect([sent, saver.sending]).toEqual([['a'], true])
  await accept()
  expect([sent, through]).toEqual([['a', 'b'], false])
  await accept()
  expect([through, saver.sending, told.at(-1)]).toEqual([true, false, 'idle'])
})

test('what comes in quick succession is sent once, after the last', () => {
  const { saver, waiting, sent, turn } = bench()
  waiting.push('a')
  saver.soon(400)
  saver.soon(400)
  expect(sent).toEqual([])
  turn()
  expect(sent).toEqual(['a'])
})

test('a lost line is tried again, ever later, and soon again once something arrived', async () => {
  const { saver, waiting, told, seen, waits, turn, accept, refuse } = bench()
  waiting.push('a')
  void saver.flush()
  for (const ms of [1000, 2000, 4000, 8000, 15_000, 15_000]) {
    await refuse(0, 'OFFLINE')
    expect([told.at(-1), waits()]).toEqual(['offline', [ms]])
    turn()
  }
  expect(seen[0]).toBe('unanswered a')
  await accept()
  expect(told.at(-1)).toBe('idle')
  waiting.push('b')
  void saver.flush()
  await refuse(502, 'UNEXPECTED')
  expect(waits()).toEqual([1000])
})

test.each([
  [401, 'NOT_SIGNED_IN', 'signed-out'],
  [429, 'TOO_MANY', 'offline'],
])('%i ends by itself and is tried again', async (status, code, state) => {
  const { saver, waiting, told, waits, refuse } = bench()
  waiting.push('a')
  void saver.flush()
  await refuse(status, code)
  expect([told.at(-1), waits()]).toEqual([state, [1000]])
})

test('what is refused for good is told and not sent again', async () => {
  const { saver, waiting, told, seen, waits, refuse } = bench()
  waiting.push('a')
  void saver.flush()
  await refuse(409, 'CASE_SIGNED')
  expect([told.at(-1), seen, waits()]).toEqual(['refused', ['refused CASE_SIGNED'], []])
})

test('a conflict halts until it is resolved', async () => {
  const { saver, waiting, sent, told, waits, accept, refuse } = bench()
  waiting.push('a')
  void saver.flush()
  await refuse(409, 'CHANGED_MEANWHILE')
  expect([told.at(-1), waits()]).toEqual(['conflict', []])
  await saver.flush()
  expect([told.at(-1), sent]).toEqual(['conflict', ['a']])
  saver.resume()
  void saver.flush()
  expect(sent).toEqual(['a', 'a'])
  await accept()
  expect(told.at(-1)).toBe('idle')
})

test('what met another version and is settled without the person goes on by itself', async () => {
  const { saver, waiting, sent, told, seen, waits, turn, refuse } = bench({ settles: true })
  waiting.push('a')
  void saver.flush()
  await refuse(409, 'CHANGED_MEANWHILE')
  expect([seen, waits()]).toEqual([['met a'], [0]])
  turn()
  expect([sent, told.at(-1)]).toEqual([['a'], 'idle'])
})
