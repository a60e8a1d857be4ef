import { diskFull, HttpError, isDiskFull } from '../errors.ts'

/** Without a record nothing about a patient is answered or changed. */
export const auditUnavailable = (cause?: unknown): HttpError =>
  isDiskFull(cause)
    ? diskFull(cause)
    : Object.assign(
        new HttpError(
          503,
          'AUDIT_UNAVAILABLE',
          'The audit cannot be written, so nothing is shown or changed. Try again in a minute; if it stays so, tell who runs the server.',
        ),
        { cause },
      )
