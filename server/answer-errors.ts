import type { FastifyError, FastifyInstance } from 'fastify'
import { MarrowscopeError } from '../cytology/index.ts'
import { databaseUnavailable, isDatabaseAway } from './database/unavailable.ts'
import { diskFull, HttpError, isDiskFull, toldOf } from './errors.ts'

/** Our own refusals, and what the outside of the server refuses; undefined of what nobody foresaw. No path of the server is in them. */
export function refusalOf(error: unknown): HttpError | undefined {
  if (error instanceof HttpError) return error
  if (isDiskFull(error)) return diskFull(error)
  if (error instanceof MarrowscopeError) return new HttpError(422, error.code, toldOf(error))
  return isDatabaseAway(error) ? databaseUnavailable(error) : undefined
}

/** Seconds after which what is too busy, or away, is asked again. */
const RETRY = 10

/** Every failure is answered as {code, message, details?}; what nobody foresaw is logged and answered without its inside. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | Error, request, reply) => {
    const refusal = refusalOf(error)
    if (refusal) {
      const { status, code, message, details } = refusal
      if (status === 503) reply.header('retry-after', RETRY)
      if (refusal !== error) request.log.error(error)
      return reply.status(status).send({ code, message, details })
    }
    if ('validation' in error && error.validation) {
      return reply
        .status(400)
        .send({ code: 'NOT_VALID', message: `The request is not valid: ${error.message}.` })
    }
    if ('statusCode' in error && error.statusCode === 429) {
      const wait = Number(reply.getHeader('retry-after') ?? 60)
      const message = `Too many requests from this address. Wait ${wait} seconds, then try again.`
      return reply.status(429).send({ code: 'TOO_MANY', message })
    }
    const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500
    if (status < 500) {
      const code = 'code' in error ? String(error.code) : 'REFUSED'
      return reply.status(status).send({ code, message: error.message })
    }
    request.log.error(error)
    return reply.status(500).send({ code: 'UNEXPECTED', message: toldOf(error) })
  })
}
