/** What the database's drivers put into an error: the statement with its values, and the values that it refused. */
const OF_DATABASE = /^(ER_|SQLITE_|PROTOCOL_)/

export interface Logged {
  [key: string]: unknown
  type: string
  message: string
  code?: string
  stack: string
  cause?: Logged
}

/**
 * An error as the log keeps it. A name, a number or a note of a patient would stand there for ever: of an error of the database only its code
 * and its place are kept.
 */
export function logged(error: Error): Logged {
  const { code, sql, cause } = error as Error & { code?: unknown; sql?: unknown }
  const ofDatabase = sql !== undefined || OF_DATABASE.test(String(code ?? ''))
  const stack = String(error.stack ?? '')
  return {
    type: error.name,
    ...(code === undefined ? {} : { code: String(code) }),
    message: ofDatabase ? 'refused by the database' : error.message,
    stack: stack
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n'),
    ...(cause instanceof Error ? { cause: logged(cause) } : {}),
  }
}
