import type { Kysely } from 'kysely'
import type { Database } from '../database/schema.ts'

/** Work that outlives a request. A job runs at least once: its worker must be able to go on where it stopped. */
export interface Queue {
  /** `at`: not before this time, ms; without it at once. `within`: a transaction, and the job is there only if that succeeds. */
  add(kind: string, payload: unknown, at?: number, within?: Kysely<Database>): Promise<string>
  cancel(jobId: string): Promise<void>
  /** Try a job that failed again, as if it were new; false where it had not failed. */
  retry(jobId: string): Promise<boolean>
  /** Handle jobs of a kind, one at a time. The signal is aborted on cancel and on close. */
  work(kind: string, handle: (payload: unknown, signal: AbortSignal) => Promise<void>): void
  /** Stop taking jobs; those in work are handed back to be taken up at the next start. */
  close(): Promise<void>
}
