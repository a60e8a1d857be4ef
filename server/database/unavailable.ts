import { HttpError } from '../errors.ts'

export const databaseUnavailable = (cause?: unknown) =>
  Object.assign(
    new HttpError(
      503,
      'DATABASE_UNAVAILABLE',
      'The database does not answer, and what you just did may not be saved. Look at it in a minute, then try again; if it stays so, tell who runs the server.',
    ),
    { cause },
  )

/** The drivers' codes for a database that cannot be reached, was ended, is held by another program, or whose file cannot be used any more. */
const AWAY =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|EPIPE|PROTOCOL_|ER_SERVER_SHUTDOWN|ER_CON_COUNT|SQLITE_BUSY|SQLITE_CANTOPEN|SQLITE_IOERR|SQLITE_CORRUPT|SQLITE_NOTADB)/

/** Whether an error is the database being away, and not a question that it refused. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message = '' } = (error ?? {}) as { code?: unknown; message?: string }
  // The driver has no code for a command to a connection that it knows to be closed.
  return AWAY.test(String(code ?? '')) || message.includes('closed state')
}
