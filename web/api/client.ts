import { refusal } from '../i18n/index.ts'

/** What the server refused, with its code and its sentence, in the language of the page. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly details: unknown

  constructor(status: number, code: string, message: string, details?: unknown) {
    super(refusal(code, message))
    this.status = status
    this.code = code
    this.details = details
  }
}

let onExpired: () => Promise<void> = async () => {}

/** What to do when the session ends in the middle; the call is made again when the promise is kept. */
export const whenExpired = (handler: () => Promise<void>): void => {
  onExpired = handler
}

/**
 * Call the API and give its answer. Errors: ApiError; status 0 and code OFFLINE when the server cannot be reached.
 */
export async function call<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
  let answer: Response
  try {
    answer = await fetch(`/api${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
  } catch {
    throw new ApiError(0, 'OFFLINE', 'The server cannot be reached. Your work is kept; it is tried again.')
  }
  const content = await answer.json().catch(() => null)
  if (answer.ok) return content as T
  const code = content?.code ?? 'UNEXPECTED'
  if (answer.status === 401 && code === 'NOT_SIGNED_IN' && path !== '/me') {
    await onExpired()
    return call(method, path, body)
  }
  throw new ApiError(answer.status, code, content?.message ?? answer.statusText, content?.details)
}
