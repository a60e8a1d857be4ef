import { expect, test } from 'vitest'
import { conflictOf, type KeyCounts, sameCounts } from '../counter/merge-counts.ts'
import { DocumentSaver, type KeptDocument } from './document-saver.ts'

interface ServerCount {
  counts: KeyCounts
  version: number
}
const documentOf = ({ counts, version }: ServerCount) => ({ value: counts, version })
/** A count, which is what is saved here; its keys go together as on the page. */
class CountSaver extends DocumentSaver<KeyCounts> {
  get counts() {
    return this.value
  }
  get choices() {
    return this.conflict && conflictOf(this.conflict)
  }
  press(counts: KeyCounts) {
    this.set(counts, 400)
  }
}

/** A server's rule for one count, a browser's store, and a clock that is turned by hand. */
function room(first: ServerCount = { counts: { blast: 3 }, version: 1 }) {
  let now = first
  let stored: string | null = null
  let line: 'up' | 'down' | 'answer lost' = 'up'
  let waiting: (() => void)[] = []
  const put = ({ counts, version }: ServerCount) => {
    if (version !== now.version)
      throw { status: 409, code: 'CHANGED_MEANWHILE', message: 'changed', details: now }
    now = { counts, version: version + 1 }
    return now
  }
  const OFFLINE = { status: 0, code: 'OFFLINE', message: 'no line' }
  const open = () =>
    new CountSaver({
      empty: {},
      same: sameCounts,
      read: async () => documentOf(now),
      write: async ({ value, version }) => {
        if (line === 'down') throw OFFLINE
        const answer = put({ counts: value, version })
        if (line === 'answer lost') throw OFFLINE
        return answer
      },
      theirs: (details) => documentOf(details as ServerCount),
      keep: (count) => {
        stored = count && JSON.stringify(count)
      },
      kept: () => (stored ? (JSON.parse(stored) as KeptDocument<KeyCounts>) : null),
      changed() {},
      later: (run) => waiting.push(run),
    })
  const settled = async () => {
    const due = waiting
    waiting = []
    for (const run of due) run()
    await new Promise((done) => setTimeout(done))
  }
  return {
    open,
    settled,
    other: (counts: KeyCounts) => put({ counts, version: now.version }),
    cut: (to: typeof line) => {
      line = to
    },
    server: () => now,
    stored: () => stored,
  }
}

async function opened(on: ReturnType<typeof room>) {
  const saver = on.open()
  await saver.load()
  return saver
}

test('keys pressed in quick succession arrive in one write', async () => {
  const on = room()
  const saver = await opened(on)
  saver.press({ blast: 4 })
  saver.press({ blast: 5 })
  expect([saver.saved, on.stored() !== null]).toEqual([false, true])
  await on.settled()
  expect(on.server()).toEqual({ counts: { blast: 5 }, version: 2 })
  expect([saver.saved, on.stored()]).toEqual([true, null])
})

test('a count that meets another one is decided by the person', async () => {
  for (const [keep, counts] of [
    ['theirs', { blast: 4, monocyte: 1 }],
    ['mine', { blast: 5 }],
    ['sum', { blast: 6, monocyte: 1 }],
  ] as const) {
    const on = room()
    const saver = await opened(on)
    on.other({ blast: 4, monocyte: 1 })
    saver.press({ blast: 5 })
    await on.settled()
    expect(saver.choices).toMatchObject({ theirs: { blast: 4, monocyte: 1 }, mine: { blast: 5 } })
    await on.settled()
    expect(on.server().counts).toEqual({ blast: 4, monocyte: 1 })
    saver.settle(saver.choices![keep])
    await on.settled()
    expect([on.server().counts, saver.saved, on.stored()]).toEqual([counts, true, null])
  }
})

test('what was not saved is there after a reload, on top of what is the same or another', async () => {
  const on = room()
  on.cut('down')
  const before = await opened(on)
  before.press({ blast: 5 })
  await on.settled()
  expect([before.saved, before.failure]).toEqual([false, 'no line'])
  on.cut('up')
  const after = await opened(on)
  expect(after.counts).toEqual({ blast: 5 })
  await on.settled()
  expect(on.server().counts).toEqual({ blast: 5 })

  on.cut('down')
  after.press({ blast: 6 })
  await on.settled()
  on.cut('up')
  on.other({ blast: 9 })
  const later = await opened(on)
  expect(later.choices).toEqual({ theirs: { blast: 9 }, mine: { blast: 6 }, sum: { blast: 10 } })
})

test('a write whose answer was lost is not counted twice', async () => {
  const on = room()
  const saver = await opened(on)
  on.cut('answer lost')
  saver.press({ blast: 4 })
  await on.settled()
  saver.press({ blast: 5 })
  on.cut('up')
  await on.settled()
  await on.settled()
  expect([saver.conflict, on.server().counts, saver.saved]).toEqual([null, { blast: 5 }, true])
})

test('what arrived unheard is taken back too', async () => {
  const on = room()
  const saver = await opened(on)
  on.cut('answer lost')
  saver.press({ blast: 4 })
  await on.settled()
  on.cut('up')
  saver.press({ blast: 3 })
  await on.settled()
  await on.settled()
  expect([saver.conflict, on.server().counts, saver.saved]).toEqual([null, { blast: 3 }, true])
})

test('the same count by another hand is no answer to mine', async () => {
  const on = room()
  const saver = await opened(on)
  on.other({ blast: 4 })
  saver.press({ blast: 4 })
  await on.settled()
  expect(saver.choices?.sum).toEqual({ blast: 5 })
})

test('what others write is shown where nothing of mine waits', async () => {
  const on = room()
  const saver = await opened(on)
  on.other({ blast: 8 })
  await saver.refresh()
  expect(saver.counts).toEqual({ blast: 8 })
  saver.press({ blast: 9 })
  on.other({ blast: 20 })
  await saver.refresh()
  expect(saver.counts).toEqual({ blast: 9 })
})
