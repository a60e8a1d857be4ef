import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Piscina } from 'piscina'
import { INTO_THE_FILE } from './connect.ts'
import type { Reading, Reads } from './reads.ts'

/** Two at least, or one long question would hold up all others. */
const THREADS = Math.min(4, Math.max(2, availableParallelism() - 1))
/** Questions that one thread has with a database server at the same time; SQLite answers one after the other. */
const AT_ONCE = 4
/** ms for which an end waits for what is being read. */
const ENDING = 2000
/** ms between the times that SQLite's log is brought into its file. */
const FILING = 1000

/** What a thread answers; an error that crosses threads would lose its code. */
export type Told =
  | Uint8Array
  | { answer: unknown }
  | { failed: { message: string; code?: unknown; stack?: string | undefined } }

/** Threads with connections of their own that can only read. They start with the first question. */
export class ReadingThreads implements Reads {
  readonly #databaseUrl: string
  readonly #threads: number
  #pool: Piscina | undefined
  #filing: NodeJS.Timeout | undefined

  constructor(databaseUrl: string, threads = THREADS) {
    this.#databaseUrl = databaseUrl
    this.#threads = threads
  }

  async ask<Given extends unknown[], Answer>(
    { url, name }: Reading<Given, Answer>,
    ...given: Given
  ): Promise<Answer> {
    this.#pool ??= this.#start()
    const told: Told = await this.#pool.run({ url, name, given })
    if (told instanceof Uint8Array) return told as Answer
    if ('answer' in told) return told.answer as Answer
    const { message, ...rest } = told.failed
    throw Object.assign(new Error(message), rest)
  }

  async close(): Promise<void> {
    clearInterval(this.#filing)
    await this.#pool?.close()
  }

  #start(): Piscina {
    const isSqlite = this.#databaseUrl.startsWith('file:')
    if (isSqlite) {
      // What fails is tried again, and is done by the server's own connection before the log is too long.
      this.#filing = setInterval(() => void this.ask(INTO_THE_FILE).catch(() => {}), FILING).unref()
    }
    return new Piscina({
      filename: join(import.meta.dirname, 'reading-worker.ts'),
      workerData: this.#databaseUrl,
      minThreads: this.#threads,
      maxThreads: this.#threads,
      concurrentTasksPerWorker: isSqlite ? 1 : AT_ONCE,
      // A thread that waited for its next question in this way could not keep its connections to a server.
      atomics: 'disabled',
      closeTimeout: ENDING,
    })
  }
}
