import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Point } from '../../vision/index.ts'

export type Question = { task: 'field' | 'recognise'; file: string; umPerPixel: number; centres: Point[] }

/** `peakRss` in bytes, since the process began; `stages` are the parts of `ms`. */
export type Answer = {
  ms: number
  cells: number
  peakRss: number
  bytes?: number
  stages?: Record<string, number>
}

/** A process that answers one JSON line to each JSON line, after a first line that says what it is. */
export type Worker<Hello> = {
  hello: Hello
  ask(question: Question): Promise<Answer>
  close(): Promise<void>
}

/** Starts a worker and waits until it is ready. It fails when the process ends before it has answered. */
export async function startWorker<Hello>(command: string, args: readonly string[]): Promise<Worker<Hello>> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => resolve())
  })
  child.stdin.on('error', () => {}) // A worker that has died is told by the missing answer.
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => {
    const line = await Promise.race([lines.next(), ended.then(() => undefined)])
    if (line?.value === undefined) throw new Error(`${command} ${args.join(' ')} ended without an answer`)
    return JSON.parse(line.value)
  }
  return {
    hello: await next(),
    async ask(question) {
      child.stdin.write(`${JSON.stringify(question)}\n`)
      return next()
    },
    async close() {
      child.stdin.end()
      await ended
    },
  }
}
