import { parentPort, type Transferable, Worker } from 'node:worker_threads'

/** ms without work after which a thread ends, and what it holds leaves the memory. */
const IDLE = 5 * 60_000

interface Question {
  number: number
  asked: unknown
}
interface Answer {
  number: number
  answer?: unknown
  failure?: { message: string; code: unknown; stack: string | undefined }
}

/**
 * A thread for what takes longer than other requests should wait. It starts with the first question, ends when it has been
 * idle, and is begun anew where it was lost.
 */
export class Thread {
  readonly #file: URL
  readonly #given: object
  readonly #waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>()
  #worker: Worker | undefined
  #idle: NodeJS.Timeout | undefined
  #number = 0

  /** `file` calls `answerEach`; `given` is its `workerData`. */
  constructor(file: URL, given: object = {}) {
    this.#file = file
    this.#given = given
  }

  /** Errors: those of the answer, with message and code; of a thread that ended. */
  ask<Result>(asked: unknown, transferred: readonly Transferable[] = []): Promise<Result> {
    clearTimeout(this.#idle)
    const number = ++this.#number
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    this.#waiting.set(number, { resolve, reject })
    this.#start().postMessage({ number, asked } satisfies Question, transferred)
    return promise as Promise<Result>
  }

  /** Ends it at once; what is not answered fails. */
  async close(): Promise<void> {
    clearTimeout(this.#idle)
    const worker = this.#worker
    this.#worker = undefined
    await worker?.terminate()
  }

  #start(): Worker {
    if (this.#worker) return this.#worker
    // Always with data: web-worker, which geotiff brings, asks for it wherever it is loaded.
    const worker = new Worker(this.#file, { workerData: this.#given })
    this.#worker = worker
    worker.on('message', (answer: Answer) => this.#receive(answer))
    worker.once('error', (error) => this.#lost(worker, error as Error))
    worker.once('exit', (code) => this.#lost(worker, new Error(`The thread ended with ${code}.`)))
    return worker
  }

  #receive({ number, answer, failure }: Answer): void {
    const waiting = this.#waiting.get(number)
    this.#waiting.delete(number)
    if (this.#waiting.size === 0) this.#idle = setTimeout(() => this.close(), IDLE).unref()
    if (failure) waiting?.reject(Object.assign(new Error(failure.message), failure))
    else waiting?.resolve(answer)
  }

  #lost(worker: Worker, error: Error): void {
    if (this.#worker === worker) this.#worker = undefined
    else if (this.#worker) return
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}

/** In a thread: answers what it is asked. Bytes are handed over, not copied. */
export function answerEach<Asked>(answer: (asked: Asked) => Promise<unknown>): void {
  parentPort!.on('message', async ({ number, asked }: Question) => {
    try {
      const found = await answer(asked as Asked)
      const whole = [found].flat().filter((part) => part instanceof Uint8Array && ownsBuffer(part))
      const transferred = whole.map((part) => (part as Uint8Array<ArrayBuffer>).buffer)
      parentPort!.postMessage({ number, answer: found } satisfies Answer, transferred)
    } catch (error) {
      // An error that crosses threads by itself loses its code.
      const { message, code, stack } = error as Error & { code?: unknown }
      parentPort!.postMessage({ number, failure: { message, code, stack } } satisfies Answer)
    }
  })
}

/** Small ones of Node share theirs with others. */
const ownsBuffer = ({ byteLength, buffer }: Uint8Array): boolean => byteLength === buffer.byteLength
