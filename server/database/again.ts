import { Kysely, type KyselyConfig, type Transaction } from 'kysely'

/** How often a transaction is begun anew, and ms before the first and the last time. */
const TIMES = 12
const PAUSE = [10, 200] as const

/** The database gave the whole transaction up because another was in its way: it did nothing, and may be tried again. */
const GIVEN_UP = /^(ER_LOCK_DEADLOCK|ER_LOCK_WAIT_TIMEOUT|SQLITE_BUSY)/

const wasGivenUp = (error: unknown): boolean =>
  GIVEN_UP.test(String((error as { code?: unknown } | null)?.code ?? ''))

/** Runs it again, a few times and after a pause that grows and differs, for as long as the database gives it up. */
async function again<T>(run: () => Promise<T>): Promise<T> {
  for (let time = 1; ; time++) {
    try {
      return await run()
    } catch (error) {
      const given = error instanceof Error && error.cause !== undefined ? error.cause : error
      if (time > TIMES || !(wasGivenUp(error) || wasGivenUp(given))) throw error
      const [first, last] = PAUSE
      const longest = Math.min(last, first * 2 ** (time - 1))
      await new Promise((done) => setTimeout(done, longest * (0.5 + Math.random() / 2)))
    }
  }
}

/**
 * Transactions that the database gave up are begun anew. What one does outside the database, it must be able to do twice. A transaction is done when
 * `settled` is: what it wrote is on the disk.
 */
export class PatientKysely<DB> extends Kysely<DB> {
  readonly #settled: () => Promise<void>

  constructor(config: KyselyConfig, settled: () => Promise<void> = async () => {}) {
    super(config)
    this.#settled = settled
  }

  override transaction() {
    const builder = super.transaction()
    const execute = builder.execute.bind(builder)
    return Object.assign(builder, {
      execute: async <T>(run: (trx: Transaction<DB>) => Promise<T>) => {
        const result = await again(() => execute(run))
        await this.#settled()
        return result
      },
    })
  }
}
