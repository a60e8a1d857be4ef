/** The connection to the database ended or was not made: whether what was last asked of it was done, nobody knows. */
const CODES =
  /^(PROTOCOL_|ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ER_SERVER_SHUTDOWN|ER_CON_COUNT_ERROR)/

export function isAway(error: unknown): boolean {
  const { code, message = '' } = error as { code?: unknown; message?: string }
  // The driver has no code for a command to a connection that it knows to be closed.
  return CODES.test(String(code ?? '')) || message.includes('closed state')
}
