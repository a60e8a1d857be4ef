import type { FastifyRequest } from 'fastify'

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

/** How the server logs: an option of Fastify's logger. */
export const SAYING_LITTLE = {
  serializers: {
    err: logged,
    /** By its route, for an address holds words that were searched, or the secret of a link. */
    req: ({ method, routeOptions, host, ip }: FastifyRequest) => ({
      method,
      route: routeOptions?.url ?? 'none',
      host,
      remoteAddress: ip,
    }),
  },
  hooks: {
    /** The message of an error is repeated beside it, and Fastify names addresses in sentences of its own. */
    logMethod(this: unknown, args: [unknown, ...unknown[]], method: (...args: never[]) => void): void {
      const [first] = args
      const error = first instanceof Error ? first : (first as { err?: unknown } | null)?.err
      if (error instanceof Error && (args[1] === undefined || args[1] === error.message)) {
        args[1] = logged(error).message
      }
      const told = args.map((arg) => (typeof arg === 'string' ? arg.replace(QUERY, '?…') : arg))
      method.apply(this, told as never[])
    },
  },
}
const QUERY = /\?[^\s"']+/g
