/** An answer that is no success: the HTTP status, a stable code, and one sentence that says what to do. */
export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly status: number
  readonly code: string
  /** Data that the client needs to go on, such as the rows as they are now after a conflict. */
  readonly details: unknown

  constructor(status: number, code: string, message: string, details?: unknown) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
  }
}

export const notFound = (what: string) =>
  new HttpError(404, 'NOT_FOUND', `There is no such ${what}, or it was removed. Go back to the worklist.`)

/** Someone else changed it first; `details` holds it as it is now. */
export const conflict = (what: string, now: unknown) =>
  new HttpError(
    409,
    'CHANGED_MEANWHILE',
    `This ${what} was changed in another window. Look at it as it is now, then decide.`,
    now,
  )
