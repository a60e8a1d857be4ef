import createClient, { type ClientPathsWithMethod, type MaybeOptionalInit } from 'openapi-fetch'
import { refusal } from '../i18n/index.ts'
import { isOutage, lineLost } from './line.ts'
import type { paths } from './schema.d.ts'
import type { Answer } from './types.ts'

/** What the server refused, with its code and its sentence, in the language of the page. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly details: unknown

  constructor(status: number, code: string, message: string, details?: unknown) {
    super(refusal(code, message, details))
    this.status = status
    this.code = code
    this.details = details
  }
}

/** Asks the person to sign in again; kept when he or she is back. */
export const signInAgain = (): Promise<void> => onExpired()

let onExpired: () => Promise<void> = async () => {}
/** How often somebody came back after the session had ended. */
let returns = 0

/** What to do when the session ends in the middle; the call is made again when the promise is kept. */
export const whenExpired = (handler: () => Promise<void>): void => {
  onExpired = handler
}

/** An answer that is no refusal. */
async function send(request: Request): Promise<Response> {
  const before = returns
  // A request can be sent only once, and may be needed again.
  const answer = await fetch(request.clone())
  if (answer.ok) return answer
  const content = await answer.json().catch(() => null)
  const code = content?.code ?? 'UNEXPECTED'
  // Who asks only who is signed in is told.
  if (answer.status === 401 && code === 'NOT_SIGNED_IN' && !request.url.endsWith('/api/me')) {
    // A refusal that comes after the person is back was of the session that ended: nobody is asked a second time.
    if (returns === before) {
      await onExpired()
      returns += 1
    }
    return send(request)
  }
  if (isOutage(answer.status, code)) lineLost()
  throw new ApiError(answer.status, code, content?.message ?? answer.statusText, content?.details)
}

const client = createClient<paths>({ fetch: send })

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type PathOf<M extends Method> = ClientPathsWithMethod<typeof client, M>
type Init<P extends keyof paths, M extends Method> = MaybeOptionalInit<paths[P], M>
type Ask<M extends Method> = <P extends PathOf<M>>(
  path: P,
  ...init: undefined extends Init<P, M> ? [init?: Init<P, M>] : [init: Init<P, M>]
) => Promise<Answer<P, M>>

const asking =
  <M extends Method>(method: M): Ask<M> =>
  async (path, ...[init]) => {
    try {
      const { data } = await client.request(method, path as never, init as never)
      return (data ?? null) as never
    } catch (error) {
      if (error instanceof ApiError || init?.signal?.aborted) throw error
      lineLost()
      throw new ApiError(0, 'OFFLINE', 'The server cannot be reached. Your work is kept; it is tried again.')
    }
  }

/**
 * The API: a route's path, then its parameters and body where it has any; gives its answer. Errors: ApiError; status 0 and code
 * OFFLINE when the server cannot be reached; that of `signal` when it was aborted.
 */
export const api = {
  get: asking('get'),
  post: asking('post'),
  put: asking('put'),
  patch: asking('patch'),
  delete: asking('delete'),
}
