import { EventEmitter } from 'node:events'
import { type Static, Type } from 'typebox'

/** What a page that shows a case must hear of. `cells` carries ids; the page fetches what it lacks. */
export const CaseEvent = Type.Union([
  Type.Object({ kind: Type.Literal('case') }),
  Type.Object({ kind: Type.Literal('fields') }),
  Type.Object({ kind: Type.Literal('analysis'), analysisId: Type.String() }),
  Type.Object({
    kind: Type.Literal('cells'),
    cellIds: Type.Array(Type.String()),
    userId: Type.Union([Type.String(), Type.Null()], { description: 'null: the program' }),
  }),
])
export type CaseEvent = Static<typeof CaseEvent>

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
