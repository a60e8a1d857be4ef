import { Readable } from 'node:stream'
import type { CaseEvents } from '../events.ts'

const BEAT = 15_000
/** The page comes back by itself, and is asked again then who it is. */
const LONGEST = 10 * 60_000
/** Bytes that may wait for a page that does not read; it comes back later. */
const WAITING = 1_000_000

/**
 * Server-sent events of one case: one message an event, a comment every 15 s so that no proxy takes the line for dead. What is not for
 * whoever reads in `reading` is left out. When a blind reading begins or ends the stream ends, and the page comes back as whoever it is then.
 */
export function eventStream(events: CaseEvents, caseId: string, reading: string | undefined): Readable {
  const stream = new Readable({ read() {} })
  const send = (text: string) => {
    if (stream.readableLength > WAITING) stream.destroy()
    else stream.push(text)
  }
  send('retry: 2000\n\n')
  const unsubscribe = events.on(
    caseId,
    reading ?? null,
    (event) => send(`data: ${JSON.stringify(event)}\n\n`),
    () => {
      send('data: {"kind":"case"}\n\n')
      stream.push(null)
    },
  )
  const beat = setInterval(() => send(': still here\n\n'), BEAT)
  const end = setTimeout(() => stream.push(null), LONGEST)
  return stream.once('close', () => {
    unsubscribe()
    clearInterval(beat)
    clearTimeout(end)
  })
}
