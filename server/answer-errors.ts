import type { FastifyError, FastifyInstance } from 'fastify'
import { MarrowscopeError } from '../cytology/index.ts'
import { databaseUnavailable, isDatabaseAway } from './database/unavailable.ts'
import { HttpError } from './errors.ts'

/** Seconds after which what is too busy, or away, is asked again. */
const RETRY = 10

/** Every failure is answered as {code, message, details?}; what nobody foresaw is logged and answered without its inside. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | Error, request, reply) => {
    if (error instanceof HttpError) {
      const { status, code, message, details } = error
      if (status === 503) reply.header('retry-after', RETRY)
      return reply.status(status).send({ code, message, details })
    }
    if (error instanceof MarrowscopeError) {
      return reply.status(422).send({ code: error.code, message: error.message })
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
    if (isDatabaseAway(error)) {
      const { status: away, code, message } = databaseUnavailable()
      return reply.status(away).send({ code, message })
    }
    return reply.status(500).send({
      code: 'UNEXPECTED',
      message: 'Something went wrong on the server; nothing was changed. Try again.',
    })
  })
}
