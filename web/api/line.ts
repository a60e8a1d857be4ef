import { reactive } from 'vue'

/** ms between two questions whether the server is there again. */
const ASK_EVERY = 3_000

/** The line to the server: `lostAt` since when it does not answer, ms since 1970; null while it does. */
export const line = reactive({ lostAt: null as number | null })

const handlers = new Set<() => void>()
let timer: ReturnType<typeof setTimeout> | undefined

/** Called whenever the server answers again. Returns the function that ends it. */
export function whenBack(handler: () => void): () => void {
  handlers.add(handler)
  return () => handlers.delete(handler)
}

/** A request had no answer, or one that says that the server cannot work; it is asked until it can. */
export function lineLost(): void {
  line.lostAt ??= Date.now()
  timer ??= setTimeout(askNow, ASK_EVERY)
}

/** Asks at once whether the server is there again, and tells who waits for it. */
export async function askNow(): Promise<void> {
  clearTimeout(timer)
  timer = undefined
  // It answers this only with its database at work.
  const there = await fetch('/api/state', { cache: 'no-store' }).then(
    (answer) => answer.ok,
    () => false,
  )
  if (line.lostAt === null) return
  if (!there) {
    timer ??= setTimeout(askNow, ASK_EVERY)
    return
  }
  line.lostAt = null
  for (const handler of [...handlers]) handler()
}

/** Whether a refusal means that the server cannot work now, whatever was asked. */
export const isOutage = (status: number, code: string): boolean =>
  status === 0 || status === 502 || status === 504 || code === 'DATABASE_UNAVAILABLE'
