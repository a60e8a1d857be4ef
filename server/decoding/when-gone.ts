import type { FastifyReply } from 'fastify'

/** Aborted when who asked has gone before the answer was whole. */
export function whenGone({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  const look = () => {
    if (!raw.writableFinished) gone.abort()
  }
  if (raw.destroyed) look()
  else raw.once('close', look)
  return gone.signal
}
