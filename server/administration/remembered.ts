/**
 * `ask` for whoever asks within `ms` of the last time: many who look at once, or a page that looks often, cost one look. A
 * failure is remembered as long.
 */
export function remembered<T>(ms: number, ask: () => Promise<T>): () => Promise<T> {
  let last: { at: number; answer: Promise<T> } | undefined
  return () => {
    if (!last || Date.now() - last.at >= ms) last = { at: Date.now(), answer: ask() }
    return last.answer
  }
}

/** Errors: `late`, a message or what makes the error, where `work` takes longer than `ms`; what it does then is not waited for. */
export async function within<T>(ms: number, late: string | (() => Error), work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(typeof late === 'string' ? new Error(late) : late()), ms)
  return Promise.race([work, promise]).finally(() => clearTimeout(timer))
}
