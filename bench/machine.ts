import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { versions } from 'node:process'
import own from '../package.json' with { type: 'json' }

/** What the figures were measured on. `load` is the number of processes that wanted a core in the last minute. */
export function machine() {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 1e9),
    system: `${process.platform} ${process.arch}`,
    load: Math.round(loadavg()[0]! * 100) / 100,
  }
}

/** The machine before a timing with so many threads; a warning where it is not free. */
export function freeMachine(threads: number) {
  const found = machine()
  if (found.load > 0.5) console.warn(`Other programs are using the cores (load ${found.load}).`)
  if (found.cores < threads) console.warn(`Only ${found.cores} core is free to ${threads} threads.`)
  return found
}

export function ourVersions() {
  const { 'onnxruntime-node': onnxruntime, sharp } = own.dependencies
  return { marrowscope: own.version, node: versions.node, onnxruntime, sharp }
}
