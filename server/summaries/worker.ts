import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'
import { MARKS, markStale, refreshDue } from './refresh.ts'

/** ms between looks at what is due; a person who just signed a case finds it on the analysis page after so long. */
const LOOK = 1000

/** Keeps the summaries up to date until it is closed. Any number of servers may do so on one database. */
export class SummaryWorker {
  readonly #db: Kysely<Database>
  readonly #log: (error: unknown) => void
  readonly #done: Promise<void>
  #closed = false
  #wake: () => void = () => {}

  constructor(db: Kysely<Database>, log: (error: unknown) => void, look = LOOK) {
    this.#db = db
    this.#log = log
    this.#done = this.#run(look)
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#wake()
    await this.#done
  }

  async #run(look: number): Promise<void> {
    let swept = false
    while (!this.#closed) {
      try {
        if (!swept) await markStale(this.#db)
        swept = true
        // What was marked meanwhile waits for the next look: a case in which a person works is not summed up after each change.
        if ((await refreshDue(this.#db)) === MARKS) continue
      } catch (error) {
        // The database is away: what is due stays marked.
        this.#log(error)
      }
      await this.#rest(look)
    }
  }

  #rest(ms: number): Promise<void> {
    if (this.#closed) return Promise.resolve()
    return new Promise((done) => {
      const timer = setTimeout(done, ms)
      this.#wake = () => {
        clearTimeout(timer)
        done()
      }
    })
  }
}
