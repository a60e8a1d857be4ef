import { MessageChannel } from 'node:worker_threads'
import { ImageDamaged, originalOf } from '../originals/original.ts'
import type { Ports } from '../ports.ts'
import type { CaseFilter } from '../statistics/filter.ts'
import { Thread } from '../threads.ts'

export interface ArchiveWork {
  /** Where the .tar.gz is written. */
  file: string
  filter: CaseFilter
  /** In whose name the cases are chosen. */
  userId: string
  images: boolean
}

/** From the thread: how many cases are done, of how many; which field's image it needs; that it is done with it. */
export type Told = { done: number; cases: number } | { original: string } | { released: string }

interface Life {
  signal: AbortSignal
  /** Ends the work by throwing. */
  onCase: (done: number, cases: number) => Promise<void>
}

const nullIfDamaged = (error: unknown): null => {
  if (!(error instanceof ImageDamaged)) throw error
  return null
}

/** Writes an archive in a thread that ends with it, or when `signal` says so, and returns how many cases were chosen. Errors: its reason; what `onCase` threw; those of the work. */
export async function writeInThread(
  ports: Ports,
  work: ArchiveWork,
  { signal, onCase }: Life,
): Promise<number> {
  const thread = new Thread(new URL('./archive-worker.ts', import.meta.url))
  const { port1: port, port2 } = new MessageChannel()
  const failed = new AbortController()
  const stop = AbortSignal.any([signal, failed.signal])
  let release = () => {}
  const hear = async (told: Told) => {
    if ('done' in told) return onCase(told.done, told.cases)
    if ('released' in told) return release()
    // Here, because an image that is found damaged is written down and told to those who have the case open, and because the
    // memory for decoding is counted here.
    const path = await originalOf(ports, told.original).catch(nullIfDamaged)
    if (path === null) return port.postMessage(null)
    const inUse = new Promise<void>((done) => {
      release = done
    })
    const lend = async () => {
      port.postMessage(path)
      await inUse
    }
    await ports.decoding.open(path, lend, { signal: stop, patience: Number.POSITIVE_INFINITY })
  }
  const end = () => void thread.close()
  stop.addEventListener('abort', end)
  port.on('message', (told: Told) => void hear(told).catch((error) => failed.abort(error)))
  try {
    signal.throwIfAborted()
    const task = { ...work, databaseUrl: ports.config.databaseUrl, port: port2 }
    return await thread.ask(task, [port2])
  } catch (error) {
    stop.throwIfAborted()
    throw error
  } finally {
    release()
    port.close()
    stop.removeEventListener('abort', end)
    await thread.close()
  }
}
