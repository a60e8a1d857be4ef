import { QueryClient } from '@tanstack/vue-query'
import { ApiError } from './api/client.ts'
import { whenBack } from './api/line.ts'

/** ms after which what could not be read is asked for again. */
const AGAIN = 5_000

/** What passes by itself: no answer, or a server that cannot work now. What was refused stays refused. */
const passes = (error: unknown): boolean =>
  !(error instanceof ApiError) || error.status === 0 || error.status >= 500

/** Reads what pages show: what failed is asked for again by itself, and everything anew when the server is back. */
export function pageQueries(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        retry: (tries, error) => tries < 1 && passes(error),
        refetchInterval: ({ state }) => (state.status === 'error' && passes(state.error) ? AGAIN : false),
      },
    },
  })
  whenBack(() => void client.invalidateQueries())
  return client
}
