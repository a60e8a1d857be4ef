import { HttpError } from '../errors.ts'

export const databaseUnavailable = (cause?: unknown) =>
  Object.assign(
    new HttpError(
      503,
      'DATABASE_UNAVAILABLE',
      'The database does not answer, so nothing can be shown or changed; nothing is lost. Try again in a minute; if it stays so, tell who runs the server.',
    ),
    { cause },
  )

/** The drivers' codes for a database that cannot be reached, was ended, or whose file cannot be used any more. */
const AWAY =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|EPIPE|PROTOCOL_|ER_SERVER_SHUTDOWN|ER_CON_COUNT|SQLITE_CANTOPEN|SQLITE_IOERR|SQLITE_CORRUPT|SQLITE_NOTADB)/

/** Whether an error is the database being away, and not a question that it refused. */
export const isDatabaseAway = (error: unknown): boolean =>
  AWAY.test(String((error as { code?: unknown })?.code ?? ''))
