import { Readable } from 'node:stream'
import type { CaseEvent, CaseEvents } from '../events.ts'

const BEAT = 15_000
/** The page comes back by itself, and is asked again then who it is. */
const LONGEST = 10 * 60_000
/** Bytes that may wait for a page that does not read; it comes back later. */
const WAITING = 1_000_000

/** Server-sent events of one case: one message an event, a comment every 15 s so that no proxy takes the line for dead. */
export function eventStream(events: CaseEvents, caseId: string): Readable {
  const stream = new Readable({ read() {} })
  const send = (text: string) => {
    if (stream.readableLength > WAITING) stream.destroy()
    else stream.push(text)
  }
  send('retry: 2000\n\n')
  const unsubscribe = events.on(caseId, (event: CaseEvent) => send(`data: ${JSON.stringify(event)}\n\n`))
  const beat = setInterval(() => send(': still here\n\n'), BEAT)
  const end = setTimeout(() => stream.push(null), LONGEST)
  return stream.once('close', () => {
    unsubscribe()
    clearInterval(beat)
    clearTimeout(end)
  })
}
