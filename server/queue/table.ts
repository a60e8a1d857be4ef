import type { Kysely, Selectable } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Database, Jobs } from '../database/schema.ts'
import type { Queue } from './queue.ts'

const LOCK = 30_000
const ATTEMPTS = 3
const PAUSE_AFTER_FAILURE = 2_000
/** ms; nothing is planned so far ahead, so such a time was set by a clock that was wrong. */
const ABSURD = 2 * 86_400_000

type Handle = (payload: unknown, signal: AbortSignal) => Promise<void>

/** Jobs as rows of the database. A worker that dies loses its lock, and another takes the job up. */
export class TableQueue implements Queue {
  readonly #db: Kysely<Database>
  readonly #pollMs: number
  readonly #log: (error: unknown) => void
  readonly #running = new Map<string, AbortController>()
  readonly #loops: Promise<void>[] = []
  readonly #started: Promise<void>
  #wake: () => void = () => {}
  #closed = false

  /** `sole`: no other process works on this table, so what is marked running was left by one that died. `log`: is told what could not be written. */
  constructor(
    db: Kysely<Database>,
    { pollMs = 1000, sole = false, log = (error: unknown): void => console.error(error) } = {},
  ) {
    this.#db = db
    this.#log = log
    this.#pollMs = pollMs
    this.#started = sole ? this.#takeBack() : Promise.resolve()
  }

  async #takeBack(): Promise<void> {
    await this.#db.updateTable('jobs').set({ status: 'waiting' }).where('status', '=', 'running').execute()
  }

  async add(kind: string, payload: unknown, at?: number, within = this.#db): Promise<string> {
    const id = uuid()
    const now = Date.now()
    await within
      .insertInto('jobs')
      .values({
        id,
        kind,
        payload: JSON.stringify(payload),
        status: 'waiting',
        attempts: 0,
        run_at: at ?? now,
        locked_until: 0,
        error: null,
        created_at: now,
      })
      .execute()
    this.#wake()
    return id
  }

  async cancel(jobId: string): Promise<void> {
    await this.#db
      .updateTable('jobs')
      .set({ status: 'cancelled' })
      .where('id', '=', jobId)
      .where('status', 'in', ['waiting', 'running'])
      .execute()
    this.#running.get(jobId)?.abort()
  }

  async retry(jobId: string): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('jobs')
      .set({ status: 'waiting', attempts: 0, run_at: Date.now(), error: null })
      .where('id', '=', jobId)
      .where('status', '=', 'failed')
      .executeTakeFirst()
    this.#wake()
    return Number(numUpdatedRows) === 1
  }

  work(kind: string, handle: Handle): void {
    this.#loops.push(this.#loop(kind, handle))
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#wake()
    for (const controller of this.#running.values()) controller.abort()
    await Promise.all(this.#loops)
  }

  async #loop(kind: string, handle: Handle): Promise<void> {
    await this.#started
    while (!this.#closed) {
      const job = await this.#claim(kind).catch(() => undefined) // the database is away: try again later
      // Where its end cannot be written its lock runs out, and it is taken up again.
      if (job) await this.#run(job, handle).catch(this.#log)
      else await this.#rest()
    }
  }

  #rest(): Promise<void> {
    if (this.#closed) return Promise.resolve()
    return new Promise((done) => {
      const timer = setTimeout(done, this.#pollMs)
      this.#wake = () => {
        clearTimeout(timer)
        done()
      }
    })
  }

  async #claim(kind: string): Promise<Selectable<Jobs> | undefined> {
    const now = Date.now()
    const job = await this.#db
      .selectFrom('jobs')
      .selectAll()
      .where('kind', '=', kind)
      // What was to be done at once is, though the clock went back since.
      .where((or) =>
        or.or([
          or('run_at', '<=', now),
          or('run_at', '<=', or.ref('created_at')),
          or('run_at', '>', now + ABSURD),
        ]),
      )
      .where((or) =>
        or.or([
          or('status', '=', 'waiting'),
          or.and([or('status', '=', 'running'), or('locked_until', '<', now)]),
        ]),
      )
      .orderBy('run_at')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst()
    if (!job) return undefined
    // Of several that saw it waiting, the one whose update finds it as it was gets it.
    const { numUpdatedRows } = await this.#db
      .updateTable('jobs')
      .set({ status: 'running', attempts: job.attempts + 1, locked_until: now + LOCK })
      .where('id', '=', job.id)
      .where('status', '=', job.status)
      .where('attempts', '=', job.attempts)
      .executeTakeFirst()
    return Number(numUpdatedRows) === 1 ? { ...job, attempts: job.attempts + 1 } : undefined
  }

  async #run(job: Selectable<Jobs>, handle: Handle): Promise<void> {
    const controller = new AbortController()
    this.#running.set(job.id, controller)
    const heartbeat = setInterval(() => void this.#extend(job.id, controller), LOCK / 3)
    const outcome = await handle(JSON.parse(job.payload), controller.signal).then(
      () => ({ error: undefined }),
      (error: unknown) => ({ error: error ?? new Error('it failed') }),
    )
    clearInterval(heartbeat)
    this.#running.delete(job.id)
    await this.#settle(job, controller.signal.aborted, outcome.error)
  }

  /** Keep the lock; find out whether another process cancelled the job. */
  async #extend(id: string, controller: AbortController): Promise<void> {
    const { numUpdatedRows } = await this.#db
      .updateTable('jobs')
      .set({ locked_until: Date.now() + LOCK })
      .where('id', '=', id)
      .where('status', '=', 'running')
      .executeTakeFirst()
      .catch(() => ({ numUpdatedRows: 1n }))
    if (Number(numUpdatedRows) === 0) controller.abort()
  }

  async #settle(job: Selectable<Jobs>, aborted: boolean, error: unknown): Promise<void> {
    const message = error instanceof Error ? error.message : error === undefined ? null : String(error)
    const again = error !== undefined && job.attempts < ATTEMPTS
    const handedBack = this.#closed && aborted
    const next = handedBack
      ? { status: 'waiting' as const, attempts: job.attempts - 1 }
      : {
          status:
            error === undefined ? ('done' as const) : again ? ('waiting' as const) : ('failed' as const),
          run_at: again ? Date.now() + PAUSE_AFTER_FAILURE : job.run_at,
          error: message,
        }
    await this.#db
      .updateTable('jobs')
      .set(next)
      .where('id', '=', job.id)
      .where('status', '=', 'running') // a cancelled job stays so
      .execute()
  }
}
