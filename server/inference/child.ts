import { type ChildProcess, fork } from 'node:child_process'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { MarrowscopeError } from '../../cytology/index.ts'
import type { Box, ScaleEstimate } from '../../vision/index.ts'
import { logStream } from '../log-stream.ts'
import type { AnalysedField, Inference, InferenceState, NamedCell } from './inference.ts'
import { type Answer, BEAT, type Call, type ModelsAnswer } from './messages.ts'
import { InferenceDied } from './try-again.ts'

/** A process that has grown beyond this, or has worked through so many fields, is replaced between two fields. */
const MAX_MEMORY = 3e9
const MAX_FIELDS = 500
/** ms for which an unexpected end is remembered. */
const DAY = 86_400_000

/** After how many seconds without a sign of life, or of progress, the process is ended (-9) and replaced. */
export const LIMITS = {
  /** Until the first sign of life: a slow disk, a busy machine. */
  starting: 60,
  /** Stopped, or swapped out. */
  silent: 15,
  /** One call: neither progress nor an answer. */
  stalled: 300,
  /** One call that was told to stop. */
  aborted: 5,
  /** The process that was told to end. */
  closing: 3,
}

const LOST = 'The process that runs the networks ended unexpectedly.'
const HUNG = 'The process that runs the networks did not answer and was ended.'

interface Waiting {
  /** Seconds until it counts as hanging. */
  left: number
  answer(value: unknown): void
  fail(error: unknown): void
  progress?: ((share: number, cells: number) => void) | undefined
  signal?: AbortSignal | undefined
}

/** The networks in a child process: what it loses by crashing or growing is the field in work. */
export class ChildInference implements Inference {
  readonly #models: string
  readonly #waiting = new Map<number, Waiting>()
  readonly #limits: typeof LIMITS
  #child: ChildProcess | undefined
  #closed = false
  /** Seconds since the last sign of life; undefined before the first. */
  #silent: number | undefined
  #calls = 0
  #fields = 0
  #memory = 0
  #since: number | null = null
  #loaded = false
  #ends: number[] = []
  #lastFailure: InferenceState['lastFailure'] = null
  #lastSuccess: number | null = null

  constructor(modelsFolder: string, limits: Partial<typeof LIMITS> = {}) {
    this.#models = modelsFolder
    this.#limits = { ...LIMITS, ...limits }
  }

  /** Process id of the child, for whoever watches it. */
  get pid(): number | undefined {
    return this.#child?.pid
  }

  async analyse(file: string, options: Parameters<Inference['analyse']>[1]): Promise<AnalysedField> {
    if (this.#waiting.size === 0 && (this.#memory > MAX_MEMORY || this.#fields >= MAX_FIELDS))
      void this.#end()
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

  async models(signal?: AbortSignal): Promise<ModelsAnswer> {
    return (await this.#call({ kind: 'models' }, signal)) as ModelsAnswer
  }

  state(): InferenceState {
    const running = this.#child !== undefined
    return {
      running,
      loaded: running && this.#loaded,
      since: running ? this.#since : null,
      memory: running ? this.#memory : 0,
      silent: running ? (this.#silent ?? 0) * 1000 : 0,
      stalled: this.#stalled() * 1000,
      ends: this.#endsOfToday(),
      lastFailure: this.#lastFailure,
      lastSuccess: this.#lastSuccess,
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#failAll('The server is closing.')
    await this.#end()
  }

  #call(call: Call, signal?: AbortSignal, progress?: Waiting['progress']): Promise<unknown> {
    if (this.#closed) return Promise.reject(new InferenceDied('The server is closing.'))
    const number = ++this.#calls
    const child = this.#start()
    return new Promise((resolve, reject) => {
      const abort = () => {
        this.#waiting.get(number)!.left = this.#limits.aborted
        if (child.connected) child.send({ number, kind: 'abort' })
      }
      const settle = () => {
        this.#waiting.delete(number)
        signal?.removeEventListener('abort', abort)
      }
      this.#waiting.set(number, {
        left: this.#limits.stalled,
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
      // Not the server's own output: a process that shares it makes the server wait for whoever reads the log.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe'],
    })
    for (const said of [child.stdout!, child.stderr!]) said.setEncoding('utf8').on('data', logStream.write)
    this.#child = child
    this.#silent = undefined
    this.#watch(child)
    this.#fields = this.#memory = 0
    this.#since = Date.now()
    this.#loaded = false
    child.on('message', (answer: Answer) => {
      if (this.#child === child) this.#silent = 0
      this.#receive(answer)
    })
    child.on('exit', () => this.#lost(child))
    child.on('error', () => this.#lost(child))
    return child
  }

  #receive(answer: Answer): void {
    const waiting = this.#waiting.get(answer.number)
    if (answer.kind === 'progress') {
      if (!waiting) return
      if (!waiting.signal?.aborted) waiting.left = this.#limits.stalled
      waiting.progress?.(answer.share, answer.cells)
      return
    }
    this.#memory = answer.memory
    if (answer.kind === 'done') {
      this.#loaded = true
      this.#lastSuccess = Date.now()
      waiting?.answer(answer.value)
      return
    }
    const { code, file, message } = answer
    // Other codes tell of the image; one that was stopped did not fail.
    const own = code === undefined ? !waiting?.signal?.aborted : code.startsWith('MODEL_')
    if (own) this.#lastFailure = { at: Date.now(), message }
    waiting?.fail(code === undefined ? new Error(message) : new MarrowscopeError(code, message, { file }))
  }

  /** Counts seconds in which this server itself was at work: after it was stopped or the machine slept, nothing is late at once. */
  #watch(child: ChildProcess): void {
    const beats = child.stdio[4] as Socket
    beats.on('data', () => {
      if (this.#child === child) this.#silent = 0
    })
    beats.on('error', () => {})
    beats.unref()
    let waited = 0
    const watching = setInterval(() => {
      if (this.#child !== child) return clearInterval(watching)
      const { starting, silent } = this.#limits
      waited += 1
      if (this.#silent !== undefined) this.#silent += 1
      for (const waiting of this.#waiting.values()) waiting.left -= 1
      const isSilent = this.#silent === undefined ? waited > starting : this.#silent > silent
      const late = [...this.#waiting.values()].filter(({ left }) => left <= 0)
      if (!isSilent && late.length === 0) return
      child.kill('SIGKILL')
      // One that is only slow to stop has done nothing wrong.
      if (isSilent || !late.every(({ signal }) => signal?.aborted)) return this.#lost(child, HUNG)
      this.#child = undefined
      this.#failAll(HUNG)
    }, BEAT).unref()
  }

  /** Seconds for which the call that waits longest has told of no progress. */
  #stalled(): number {
    const going = [...this.#waiting.values()].filter(({ signal }) => !signal?.aborted)
    return Math.max(0, ...going.map(({ left }) => this.#limits.stalled - left))
  }

  #lost(child: ChildProcess, message = LOST): void {
    if (this.#child !== child) return
    this.#child = undefined
    this.#ends = [...this.#endsOfToday(), Date.now()]
    this.#lastFailure = { at: Date.now(), message }
    this.#failAll(message)
  }

  #failAll(message: string): void {
    for (const waiting of [...this.#waiting.values()]) waiting.fail(new InferenceDied(message))
  }

  #endsOfToday(): number[] {
    return this.#ends.filter((at) => at > Date.now() - DAY)
  }

  /** The process ends once it is no longer connected; one that cannot is ended. */
  async #end(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((done) => child.once('exit', done))
    if (child.connected) child.disconnect()
    const kill = setTimeout(() => child.kill('SIGKILL'), this.#limits.closing * 1000)
    await gone
    clearTimeout(kill)
  }
}
