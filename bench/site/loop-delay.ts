/**
 * Loaded into a server by `node --import`: on SIGUSR2 it writes how long its event loop was held up since the last time, as
 * {p50, p99, max} in ms, to the file that MARROWSCOPE_LOOP_DELAY names.
 */
import { renameSync, writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

const file = process.env.MARROWSCOPE_LOOP_DELAY
if (file && isMainThread && process.argv[1]?.endsWith('server/main.ts')) {
  const STEP = 1
  const delays = monitorEventLoopDelay({ resolution: STEP })
  delays.enable()
  // What is measured is the time between two ticks, in ns.
  const ms = (ns: number) => Math.round(ns / 1e5) / 10
  process.on('SIGUSR2', () => {
    const found = { p50: ms(delays.percentile(50)), p99: ms(delays.percentile(99)), max: ms(delays.max) }
    delays.reset()
    writeFileSync(`${file}.new`, JSON.stringify(found))
    renameSync(`${file}.new`, file)
  })
}
