import { EventEmitter } from 'node:events'

/** What a page that shows a case must hear of. `cells` carries ids; the page fetches what it lacks. */
export type CaseEvent =
  | { kind: 'case' }
  | { kind: 'fields' }
  | { kind: 'analysis'; analysisId: string }
  | { kind: 'cells'; cellIds: string[]; userId: string | null }

/** Passes events of a case from whoever changes it to whoever looks at it. */
export class CaseEvents {
  readonly #emitter = new EventEmitter().setMaxListeners(0)

  emit(caseId: string, event: CaseEvent): void {
    this.#emitter.emit(caseId, event)
  }

  /** Returns the function that ends the subscription. */
  on(caseId: string, listener: (event: CaseEvent) => void): () => void {
    this.#emitter.on(caseId, listener)
    return () => this.#emitter.off(caseId, listener)
  }
}
