import { EventEmitter } from 'node:events'
import { type Static, Type } from 'typebox'

/** What a page that shows a case must hear of. `cells` carries ids; the page fetches what it lacks. */
export const CaseEvent = Type.Union([
  Type.Object({ kind: Type.Literal('case') }),
  Type.Object({ kind: Type.Literal('fields') }),
  Type.Object({ kind: Type.Literal('comments') }),
  Type.Object({ kind: Type.Literal('analysis'), analysisId: Type.String() }),
  Type.Object({
    kind: Type.Literal('cells'),
    cellIds: Type.Array(Type.String()),
    userId: Type.Union([Type.String(), Type.Null()], { description: 'null: the program' }),
  }),
  Type.Object({
    kind: Type.Literal('present'),
    people: Type.Array(
      Type.Object({ name: Type.String(), second: Type.Boolean({ description: 'reads the case blind' }) }),
      { description: 'who else has the case open' },
    ),
  }),
])
export type CaseEvent = Static<typeof CaseEvent>

/** Who hears an event: all who look at the case; or only who reads it in one way, `null` openly, else blind in the reading of that id. */
type Audience = 'all' | string | null

/** Passes events of a case from whoever changes it to whoever looks at it. */
export class CaseEvents {
  readonly #emitter = new EventEmitter().setMaxListeners(0)

  emit(caseId: string, event: CaseEvent, audience: Audience = 'all'): void {
    this.#emitter.emit(caseId, event, audience)
  }

  /** A blind reading of the case began or ended. */
  readersChanged(caseId: string): void {
    this.#emitter.emit(caseId, undefined, 'all')
  }

  /**
   * `reading`: in which the listener is blind, null where in none. `readersChanged`: who may hear what is to be asked again. Returns the
   * function that ends the subscription.
   */
  on(
    caseId: string,
    reading: string | null,
    heard: (event: CaseEvent) => void,
    readersChanged: () => void = () => {},
  ): () => void {
    const listener = (event: CaseEvent | undefined, audience: Audience) => {
      if (!event) readersChanged()
      else if (audience === 'all' || audience === reading) heard(event)
    }
    this.#emitter.on(caseId, listener)
    return () => this.#emitter.off(caseId, listener)
  }
}
