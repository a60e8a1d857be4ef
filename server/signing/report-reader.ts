import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import type { Report } from '../../cytology/index.ts'
import { findCase } from '../case-lock/find-case.ts'
import type { Database } from '../database/schema.ts'
import type { Ports } from '../ports.ts'
import { Thread } from '../threads.ts'
import { readSignatures } from './read-signatures.ts'
import { reportOfCase } from './report-of-case.ts'
import type { Signatures } from './schemas.ts'

/** Cells from which on a case is read in the thread: opening what was signed of so many takes some 20 ms. */
const MANY = 5000

export interface ToRead {
  what: 'report' | 'signatures'
  caseId: string
}

/** Reads what was signed; of a case with very many cells in a thread, for there it takes seconds. */
export class ReportReader {
  readonly #db: Kysely<Database>
  readonly #thread: Thread

  constructor({ db, config }: Pick<Ports, 'db' | 'config'>) {
    this.#db = db
    const { databaseUrl } = config
    this.#thread = new Thread(new URL('./report-worker.ts', import.meta.url), { databaseUrl })
  }

  /** As `reportOfCase`. */
  report(caseId: string): Promise<Report> {
    return this.#read('report', caseId, reportOfCase)
  }

  /** As `readSignatures`. Errors: NOT_FOUND. */
  signatures(caseId: string): Promise<Static<typeof Signatures>> {
    return this.#read('signatures', caseId, readSignatures)
  }

  close(): Promise<void> {
    return this.#thread.close()
  }

  async #read<Result>(
    what: ToRead['what'],
    caseId: string,
    here: (db: Kysely<Database>, caseId: string) => Promise<Result>,
  ): Promise<Result> {
    await findCase(this.#db, caseId)
    const summary = await this.#db
      .selectFrom('case_summaries')
      .select('cells')
      .where('case_id', '=', caseId)
      .executeTakeFirst()
    if ((summary?.cells ?? 0) < MANY) return here(this.#db, caseId)
    return this.#thread.ask({ what, caseId } satisfies ToRead)
  }
}
