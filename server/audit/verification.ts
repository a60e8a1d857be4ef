import { Worker } from 'node:worker_threads'
import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import type { Config } from '../config.ts'
import type { Database } from '../database/schema.ts'
import { record } from './record.ts'
import type { ChainState } from './schemas.ts'
import type { Verdict } from './verify.ts'

type Told = { done: number; total: number } | { verdict: Verdict }

type Where = Pick<Config, 'databaseUrl' | 'auditHeads' | 'siteKey'>

/** The check of the chain that an administrator asks for: one at a time, its outcome is kept in the database. */
export class Verification {
  readonly #db: Kysely<Database>
  readonly #where: Where
  #worker: Worker | undefined
  #progress: { done: number; total: number } | null = null
  #error: string | null = null
  #finished: Promise<void> = Promise.resolve()

  constructor(db: Kysely<Database>, { databaseUrl, auditHeads, siteKey }: Where) {
    this.#db = db
    this.#where = { databaseUrl, auditHeads, siteKey }
  }

  /** Begins a check unless one is under way. */
  start(userId: string): void {
    if (this.#worker) return
    this.#progress = { done: 0, total: 0 }
    this.#error = null
    const worker = new Worker(new URL('./verify-worker.ts', import.meta.url), {
      workerData: this.#where,
    })
    this.#worker = worker
    const { promise, resolve, reject } = Promise.withResolvers<Verdict>()
    worker.on('message', (told: Told) => {
      if ('verdict' in told) resolve(told.verdict)
      else this.#progress = told
    })
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('The check was stopped before its end.')))
    this.#finished = promise
      .then((verdict) => this.#keep(verdict, userId))
      .catch((error: Error) => {
        this.#error = error.message
      })
      .finally(() => {
        this.#worker = undefined
        this.#progress = null
      })
  }

  async state(): Promise<Static<typeof ChainState>> {
    const rows = await this.#db.selectFrom('audit_chain').selectAll().execute()
    const [head, verified, broken] = (['head', 'verified', 'broken'] as const).map((name) =>
      rows.find((row) => row.name === name),
    )
    return {
      rows: head?.number ?? 0,
      sha256: head?.sha256 ?? '',
      running: this.#progress,
      verified: verified ? { number: verified.number, sha256: verified.sha256, at: verified.at } : null,
      broken: broken ? { number: broken.number, at: broken.at, message: broken.message } : null,
      error: this.#error,
    }
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
    await this.#finished
  }

  #keep({ intact, sha256, broken }: Verdict, userId: string): Promise<void> {
    const at = Date.now()
    return this.#db.transaction().execute(async (trx) => {
      await trx.deleteFrom('audit_chain').where('name', 'in', ['verified', 'broken']).execute()
      const verified = { name: 'verified', number: intact, sha256, at, message: '' } as const
      await trx.insertInto('audit_chain').values(verified).execute()
      if (broken) {
        const row = { name: 'broken', ...broken, sha256: '', at } as const
        await trx.insertInto('audit_chain').values(row).execute()
      }
      await record(trx, { event: 'audit.verified', userId, after: { intact, sha256, broken } })
    })
  }
}
