import type { Static } from 'typebox'
import type { Ports } from '../ports.ts'
import type { Measured, StorageUsed } from './schemas.ts'
import { measureStorage } from './storage-used.ts'

/** ms for which what was measured is good enough for whoever looks. */
const KEPT = 10 * 60_000

/** Measures when someone looks and the last time is long ago; whoever looks is told the last outcome and never waits. */
export class StorageMeter {
  readonly #ports: Pick<Ports, 'db' | 'config' | 'storage'>
  #last: Static<typeof Measured> | null = null
  #error: string | null = null
  #work: Promise<void> | undefined

  constructor(ports: Pick<Ports, 'db' | 'config' | 'storage'>) {
    this.#ports = ports
  }

  look(): Static<typeof StorageUsed> {
    if (!this.#last || this.#last.at < Date.now() - KEPT) this.start()
    return { measured: this.#last, measuring: this.#work !== undefined, error: this.#error }
  }

  /** Measures anew unless that is under way. */
  start(): void {
    this.#work ??= measureStorage(this.#ports)
      .then((measured) => {
        this.#last = measured
        this.#error = null
      })
      .catch((error: Error) => {
        this.#error = error.message
      })
      .finally(() => {
        this.#work = undefined
      })
  }

  /** Kept once nothing is measured any more. */
  async settle(): Promise<void> {
    await this.#work
  }
}
