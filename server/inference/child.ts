import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { MarrowscopeError } from '../../cytology/index.ts'
import type { Box, ScaleEstimate } from '../../vision/index.ts'
import type { AnalysedField, Inference, InferenceState, NamedCell } from './inference.ts'
import type { Answer, Call, ModelsAnswer } from './messages.ts'

/** The networks' process ended while it was at work; the call may be made again. */
export class InferenceDied extends Error {
  override readonly name = 'InferenceDied'
}

/** A process that has grown beyond this, or has worked through so many fields, is replaced between two fields. */
const MAX_MEMORY = 3e9
const MAX_FIELDS = 500
/** ms for which an unexpected end is remembered. */
const DAY = 86_400_000

const LOST = 'The process that runs the networks ended unexpectedly.'

interface Waiting {
  answer(value: unknown): void
  fail(error: unknown): void
  progress?: ((share: number, cells: number) => void) | undefined
  signal?: AbortSignal | undefined
}

/** The networks in a child process: what it loses by crashing or growing is the field in work. */
export class ChildInference implements Inference {
  readonly #models: string
  readonly #waiting = new Map<number, Waiting>()
  #child: ChildProcess | undefined
  #calls = 0
  #fields = 0
  #memory = 0
  #since: number | null = null
  #loaded = false
  #ends: number[] = []
  #lastFailure: InferenceState['lastFailure'] = null
  #lastSuccess: number | null = null

  constructor(modelsFolder: string) {
    this.#models = modelsFolder
  }

  /** Process id of the child, for whoever watches it. */
  get pid(): number | undefined {
    return this.#child?.pid
  }

  async analyse(file: string, options: Parameters<Inference['analyse']>[1]): Promise<AnalysedField> {
    if (this.#waiting.size === 0 && (this.#memory > MAX_MEMORY || this.#fields >= MAX_FIELDS)) this.#end()
    this.#fields += 1
    const { scale, signal, onProgress } = options
    return (await this.#call({ kind: 'analyse', file, scale }, signal, onProgress)) as AnalysedField
  }

  async estimateScale(file: string, signal?: AbortSignal): Promise<ScaleEstimate> {
    return (await this.#call({ kind: 'scale', file }, signal)) as ScaleEstimate
  }

  async recognise(file: string, umPerPixel: number, box: Box) {
    return (await this.#call({ kind: 'recognise', file, umPerPixel, box })) as NamedCell
  }

  async models(): Promise<ModelsAnswer> {
    return (await this.#call({ kind: 'models' })) as ModelsAnswer
  }

  state(): InferenceState {
    const running = this.#child !== undefined
    return {
      running,
      loaded: running && this.#loaded,
      since: running ? this.#since : null,
      memory: running ? this.#memory : 0,
      ends: this.#endsOfToday(),
      lastFailure: this.#lastFailure,
      lastSuccess: this.#lastSuccess,
    }
  }

  async close(): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((done) => child.once('exit', done))
    this.#end()
    await gone
  }

  #call(call: Call, signal?: AbortSignal, progress?: Waiting['progress']): Promise<unknown> {
    const number = ++this.#calls
    const child = this.#start()
    return new Promise((resolve, reject) => {
      const abort = () => child.connected && child.send({ number, kind: 'abort' })
      const settle = () => {
        this.#waiting.delete(number)
        signal?.removeEventListener('abort', abort)
      }
      this.#waiting.set(number, {
        answer: (value) => {
          settle()
          resolve(value)
        },
        fail: (error) => {
          settle()
          reject(error)
        },
        progress,
        signal,
      })
      if (signal?.aborted) return this.#waiting.get(number)!.fail(signal.reason)
      signal?.addEventListener('abort', abort)
      child.send({ number, ...call }, (error) => {
        if (error) this.#waiting.get(number)?.fail(new InferenceDied('The networks did not answer.'))
      })
    })
  }

  #start(): ChildProcess {
    if (this.#child) return this.#child
    const child = fork(join(import.meta.dirname, 'child-process.ts'), [this.#models], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    this.#child = child
    this.#fields = this.#memory = 0
    this.#since = Date.now()
    this.#loaded = false
    child.on('message', (answer: Answer) => this.#receive(answer))
    child.on('exit', () => this.#lost(child))
    child.on('error', () => this.#lost(child))
    return child
  }

  #receive(answer: Answer): void {
    const waiting = this.#waiting.get(answer.number)
    if (answer.kind === 'progress') {
      waiting?.progress?.(answer.share, answer.cells)
      return
    }
    this.#memory = answer.memory
    if (answer.kind === 'done') {
      this.#loaded = true
      this.#lastSuccess = Date.now()
      waiting?.answer(answer.value)
      return
    }
    const { code, message } = answer
    // Other codes tell of the image; one that was stopped did not fail.
    const own = code === undefined ? !waiting?.signal?.aborted : code.startsWith('MODEL_')
    if (own) this.#lastFailure = { at: Date.now(), message }
    waiting?.fail(code === undefined ? new Error(message) : new MarrowscopeError(code, message))
  }

  #lost(child: ChildProcess): void {
    if (this.#child !== child) return
    this.#child = undefined
    this.#ends = [...this.#endsOfToday(), Date.now()]
    this.#lastFailure = { at: Date.now(), message: LOST }
    for (const waiting of [...this.#waiting.values()]) {
      waiting.fail(new InferenceDied(LOST))
    }
  }

  #endsOfToday(): number[] {
    return this.#ends.filter((at) => at > Date.now() - DAY)
  }

  /** The process ends once it is no longer connected. */
  #end(): void {
    const child = this.#child
    this.#child = undefined
    child?.disconnect()
  }
}
