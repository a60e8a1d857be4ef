import { availableParallelism } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { Thread } from '../threads.ts'
import { INTO_THE_FILE } from './connect.ts'
import type { Reading, Reads } from './reads.ts'

/** Two at least, or one long question would hold up all others. */
const THREADS = Math.min(4, Math.max(2, availableParallelism() - 1))
/** ms for which an end waits for what is being read. */
const ENDING = 2000
/** ms between the times that SQLite's log is brought into its file. */
const FILING = 1000

/** Threads with connections of their own that can only read. Each starts with its first question, which goes to the least busy. */
export class ReadingThreads implements Reads {
  readonly #isSqlite: boolean
  readonly #threads: { thread: Thread; asked: Set<Promise<unknown>> }[]
  #filing: NodeJS.Timeout | undefined

  constructor(databaseUrl: string, threads = THREADS) {
    this.#isSqlite = databaseUrl.startsWith('file:')
    this.#threads = Array.from({ length: threads }, () => ({
      thread: new Thread(new URL('./reading-worker.ts', import.meta.url), { databaseUrl }),
      asked: new Set(),
    }))
  }

  async ask<Given extends unknown[], Answer>(
    { url, name }: Reading<Given, Answer>,
    ...given: Given
  ): Promise<Answer> {
    if (this.#isSqlite && !this.#filing) {
      // What fails is tried again, and is done by the server's own connection before the log is too long.
      this.#filing = setInterval(() => void this.ask(INTO_THE_FILE).catch(() => {}), FILING).unref()
    }
    const { thread, asked } = this.#threads.reduce((a, b) => (b.asked.size < a.asked.size ? b : a))
    const answer = thread.ask<Answer>({ url, name, given })
    asked.add(answer)
    try {
      return await answer
    } finally {
      asked.delete(answer)
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#filing)
    const ended = Promise.allSettled(this.#threads.flatMap(({ asked }) => [...asked]))
    await Promise.race([ended, wait(ENDING, undefined, { ref: false })])
    await Promise.all(this.#threads.map(({ thread }) => thread.close()))
  }
}
