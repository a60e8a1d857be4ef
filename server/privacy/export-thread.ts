import { Thread } from '../threads.ts'

/** What the thread is asked for: ids, or the pieces of a JSON file. */
export type Wanted =
  | { what: 'patient'; ids: readonly string[] }
  | { what: 'case'; id: string }
  | { what: 'ids of cells'; caseId: string }
  | { what: 'cells'; ids: readonly string[] }
  | { what: 'audit'; patientIds: readonly string[]; caseIds: readonly string[] }

/** The thread that reads for patients' exports. Between two questions of one export it serves others. */
export class ExportThread {
  readonly #thread: Thread

  constructor(databaseUrl: string) {
    this.#thread = new Thread(new URL('./export-worker.ts', import.meta.url), { databaseUrl })
  }

  json(wanted: Exclude<Wanted, { what: 'ids of cells' }>): Promise<Uint8Array[]> {
    return this.#thread.ask(wanted)
  }

  idsOfCells(caseId: string): Promise<string[]> {
    return this.#thread.ask({ what: 'ids of cells', caseId } satisfies Wanted)
  }

  close(): Promise<void> {
    return this.#thread.close()
  }
}
