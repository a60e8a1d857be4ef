import { Readable } from 'node:stream'
import type { CaseEvent, CaseEvents } from '../events.ts'

const BEAT = 15_000
/** The page comes back by itself, and is asked again then who it is. */
const LONGEST = 10 * 60_000
/** Bytes that may wait for a page that does not read; it comes back later. */
const WAITING = 1_000_000

/**
 * Server-sent events of one case: one message an event, a comment every 15 s so that no proxy takes the line for dead. What is not for
 * whoever reads in `reading` is left out. When a blind reading begins or ends the stream ends, and the page comes back as whoever it is then.
 * `join` is told how to reach the page, and gives what is called when it is gone.
 */
export function eventStream(
  events: CaseEvents,
  caseId: string,
  reading: string | undefined,
  join: (tell: (event: CaseEvent) => void) => () => void,
): Readable {
  const stream = new Readable({ read() {} })
  const send = (text: string) => {
    if (stream.readableLength > WAITING) stream.destroy()
    else stream.push(text)
  }
  const tell = (event: CaseEvent) => send(`data: ${JSON.stringify(event)}\n\n`)
  send('retry: 2000\n\n')
  const unsubscribe = events.on(caseId, reading ?? null, tell, () => {
    send('data: {"kind":"case"}\n\n')
    stream.push(null)
  })
  const beat = setInterval(() => send(': still here\n\n'), BEAT)
  const end = setTimeout(() => stream.push(null), LONGEST)
  const leave = join(tell)
  return stream.once('close', () => {
    unsubscribe()
    leave()
    clearInterval(beat)
    clearTimeout(end)
  })
}
