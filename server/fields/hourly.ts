import type { FastifyInstance } from 'fastify'

const HOUR = 3_600_000

/** Does something when the server has started, and every hour; neither start nor request waits for it, the end does. */
export function hourly(app: FastifyInstance, what: string, work: () => Promise<unknown>): void {
  let working: Promise<unknown> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  const begin = () => {
    working = working.then(work).catch((error) => app.log.error(error, what))
  }
  app.addHook('onReady', async () => {
    begin()
    timer = setInterval(begin, HOUR).unref()
  })
  app.addHook('onClose', async () => {
    clearInterval(timer)
    await working
  })
}
