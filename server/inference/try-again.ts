/** The networks' process ended or was ended while it was at work; the call may be made again. */
export class InferenceDied extends Error {
  override readonly name = 'InferenceDied'
}

/** Times that a call is made when the networks' process dies over it. */
const TRIES = 3

/** Errors: InferenceDied when it died each time; the signal's reason once that is aborted; the call's own. */
export async function tryAgain<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await call()
    } catch (error) {
      signal?.throwIfAborted()
      if (!(error instanceof InferenceDied) || tries === TRIES) throw error
    }
  }
}
