import { Worker } from 'node:worker_threads'
import type { Sheet } from './parts.ts'

/** ms without work after which the thread ends and its fonts leave the memory. */
const IDLE = 5 * 60_000

interface Answer {
  number: number
  pdf?: Uint8Array
  failure?: string
}

/** Makes PDFs one after the other in a thread that starts with the first and ends when it has been idle. */
export class PdfMaker {
  readonly #waiting = new Map<number, { resolve(pdf: Buffer): void; reject(error: Error): void }>()
  #worker: Worker | undefined
  #idle: NodeJS.Timeout | undefined
  #number = 0

  make(sheet: Sheet): Promise<Buffer> {
    clearTimeout(this.#idle)
    const number = ++this.#number
    const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
    this.#waiting.set(number, { resolve, reject })
    this.#start().postMessage({ number, sheet })
    return promise
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle)
    const worker = this.#worker
    this.#worker = undefined
    await worker?.terminate()
  }

  #start(): Worker {
    if (this.#worker) return this.#worker
    const worker = new Worker(new URL('./thread.ts', import.meta.url))
    this.#worker = worker
    worker.on('message', (answer: Answer) => this.#receive(answer))
    worker.once('error', (error) => this.#lost(worker, error as Error))
    worker.once('exit', (code) => this.#lost(worker, new Error(`The thread of the PDFs ended with ${code}.`)))
    return worker
  }

  #receive({ number, pdf, failure }: Answer): void {
    const waiting = this.#waiting.get(number)
    this.#waiting.delete(number)
    if (this.#waiting.size === 0) this.#idle = setTimeout(() => this.close(), IDLE).unref()
    if (pdf) waiting?.resolve(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength))
    else waiting?.reject(new Error(failure))
  }

  #lost(worker: Worker, error: Error): void {
    if (this.#worker === worker) this.#worker = undefined
    else if (this.#worker) return
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}
