/**
 * Loaded into a server by `node --import`: how late its event loop is. SIGUSR2 writes what was measured since the last one
 * into the file that MARROWSCOPE_BENCH_DELAYS names, and begins anew. The processes and threads of the server are left alone.
 */
import { renameSync, writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

/** ms between looks; it is part of every delay that Node tells. */
const EVERY = 5

export interface Delays {
  /** ms by which the loop was late: half of the looks, all but a hundredth, at worst. */
  p50: number
  p99: number
  max: number
}

const file = process.env.MARROWSCOPE_BENCH_DELAYS
if (file && isMainThread && process.argv[1]?.endsWith('server/main.ts')) {
  const histogram = monitorEventLoopDelay({ resolution: EVERY })
  histogram.enable()
  process.on('SIGUSR2', () => {
    const late = (ns: number) => Math.max(0, Math.round(ns / 1e5) / 10 - EVERY)
    const [p50, p99, max] = [histogram.percentile(50), histogram.percentile(99), histogram.max].map(late)
    histogram.reset()
    writeFileSync(`${file}.new`, JSON.stringify({ p50, p99, max }))
    renameSync(`${file}.new`, file)
  })
}
