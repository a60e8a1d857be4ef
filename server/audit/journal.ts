import type { Kysely } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Database } from '../database/schema.ts'
import { chain } from './chain.ts'
import type { Pending } from './concerned.ts'
import type { Entry } from './seal.ts'
import { auditUnavailable } from './unavailable.ts'

/** ms that what a change left in the outbox may wait for company. */
const TOGETHER = 50
/** ms between looks into the outbox, for what a worker or a command beside the server left there. */
const LOOK = 1000
/** ms before it is tried again, while what was asked waits. */
const PAUSES = [50, 200, 750]
/** Entries that are chained at a time. */
const BATCH = 500
/** ms after which the outbox should have been emptied. */
const LATE = 30_000

interface Waiting extends Pending {
  done: () => void
  failed: (error: unknown) => void
}

/**
 * The one writer of the audit in a server. While it writes, what comes meanwhile gathers and is written together next, so
 * that many reads cost few commits.
 */
export class Journal {
  readonly #db: Kysely<Database>
  readonly #log: (error: unknown) => void
  readonly #look: NodeJS.Timeout
  #waiting: Waiting[] = []
  #soon: NodeJS.Timeout | undefined
  #work: Promise<void> | undefined
  #failingSince: number | undefined
  #lastFailure: unknown

  constructor(db: Kysely<Database>, log: (error: unknown) => void) {
    this.#db = db
    this.#log = log
    this.#look = setInterval(() => void this.#start(), LOOK).unref()
    this.poke()
  }

  /** Kept once the entry is in the chain. Errors: AUDIT_UNAVAILABLE, DISK_FULL. */
  write(pending: Pending): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ ...pending, done, failed })
      void this.#start()
    })
  }

  /** A change has left something in the outbox. */
  poke(): void {
    this.#soon ??= setTimeout(() => void this.#start(), TOGETHER).unref()
  }

  /** All that was accepted until now is in the chain, unless it cannot be written. */
  async settle(): Promise<void> {
    await this.#work
    await this.#start()
  }

  /** What was asked last could not be written. */
  get failing(): boolean {
    return this.#failingSince !== undefined
  }

  /** Why nothing can be written. */
  refusal = () => auditUnavailable(this.#lastFailure)

  /** Errors: AUDIT_UNAVAILABLE when nothing can be written, or the outbox is not emptied; DISK_FULL. */
  async check(): Promise<void> {
    const oldest = await this.#db
      .selectFrom('audit_outbox')
      .select('at')
      .orderBy('turn')
      .limit(1)
      .executeTakeFirst()
    if (this.failing || (oldest && oldest.at < Date.now() - LATE)) throw this.refusal()
  }

  /** Writes what waits. */
  async close(): Promise<void> {
    clearInterval(this.#look)
    await this.settle()
    clearTimeout(this.#soon)
  }

  #start(): Promise<void> {
    clearTimeout(this.#soon)
    this.#soon = undefined
    // What comes while this runs is seen by the loop's next turn.
    this.#work ??= this.#run().finally(() => {
      this.#work = undefined
      if (this.#waiting.length > 0) void this.#start()
    })
    return this.#work
  }

  async #run(): Promise<void> {
    for (let more = true; more || this.#waiting.length > 0; ) {
      // SQLite writes within the turn of the loop: without a pause, all that came in this turn would be written one by one.
      await new Promise((done) => setImmediate(done))
      const batch = this.#waiting.splice(0, BATCH)
      try {
        more = await this.#persist(batch)
        this.#failingSince = this.#lastFailure = undefined
        for (const { done } of batch) done()
      } catch (error) {
        more = false
        if (!this.failing) this.#log(error)
        this.#failingSince ??= Date.now()
        this.#lastFailure = error
        for (const { failed } of batch) failed(auditUnavailable(error))
      }
    }
  }

  async #persist(batch: readonly Pending[]): Promise<boolean> {
    for (const pause of this.failing ? [] : PAUSES) {
      try {
        return await chain(this.#db, batch)
      } catch {
        await new Promise((done) => setTimeout(done, pause))
      }
    }
    // That it could not be written, and since when, is told by the audit itself.
    const since = this.#failingSince
    return chain(this.#db, since === undefined ? batch : [{ entry: resumed(since) }, ...batch])
  }
}

const resumed = (since: number): Entry => ({
  id: uuid(),
  at: Date.now(),
  user_id: null,
  ip: '',
  event: 'audit.resume',
  subject_id: null,
  case_id: null,
  patient_id: null,
  status: 200,
  detail: JSON.stringify({ after: { failedSince: since } }),
})
