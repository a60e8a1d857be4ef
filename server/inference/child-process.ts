/** The process that holds the networks. It loads them once and ends with the server. */
import { Worker } from 'node:worker_threads'
import { MarrowscopeError } from '../../cytology/index.ts'
import {
  estimateScale,
  loadModels,
  type Models,
  openImage,
  recogniseCells,
  seeField,
} from '../../vision/index.ts'
import { encodeEmbedding } from './embedding-code.ts'
import type { AnalysedField, NamedCell } from './inference.ts'
import type { Answer, Call, Message, ModelsAnswer } from './messages.ts'

new Worker(new URL('./beat-worker.ts', import.meta.url))

let loading: Promise<Models> | undefined
/** A load that failed is tried again at the next call. */
function models(): Promise<Models> {
  loading ??= loadModels(process.argv[2]!).catch((error) => {
    loading = undefined
    throw error
  })
  return loading
}

const running = new Map<number, AbortController>()
let lastOpened: { file: string; image: ReturnType<typeof openImage> } | undefined

/** Boxes are drawn on one field many times in a row: it is decoded once. */
function opened(file: string) {
  if (lastOpened?.file !== file) lastOpened = { file, image: openImage(file) }
  return lastOpened.image
}

async function carryOut(call: Call, signal: AbortSignal, progress: (share: number, cells: number) => void) {
  if (call.kind === 'scale') return estimateScale(await openImage(call.file))
  const networks = await models()
  if (call.kind === 'models') {
    const about = ({ name, version, sha256 }: ModelsAnswer['detector']) => ({ name, version, sha256 })
    return { detector: about(networks.detector.card), recogniser: about(networks.recogniser.card) }
  }
  const recogniser = networks.recogniser.card.sha256
  if (call.kind === 'analyse') {
    const options = { scale: call.scale, signal, onProgress: progress }
    const { cells, ...field } = await seeField(networks, call.file, options)
    const coded = cells.map((cell) => ({ ...cell, embedding: encodeEmbedding(cell.embedding) }))
    return { ...field, cells: coded, recogniser } satisfies AnalysedField
  }
  const image = await opened(call.file)
  const [x, y, width, height] = call.box
  const centre: [number, number] = [x + width / 2, y + height / 2]
  const [named] = await recogniseCells(networks, image, call.umPerPixel, [centre], { signal })
  const { embedding, ...name } = named!
  const touchesEdge = x <= 1 || y <= 1 || x + width >= image.width - 1 || y + height >= image.height - 1
  return {
    ...name,
    box: call.box,
    touchesEdge,
    embedding: encodeEmbedding(embedding),
    recogniser,
  } satisfies NamedCell
}

process.on('message', async (message: Message) => {
  const { number } = message
  if (message.kind === 'abort') return running.get(number)?.abort()
  const controller = new AbortController()
  running.set(number, controller)
  const answer = (a: Answer) => process.connected && process.send!(a)
  let last = 0
  const progress = (share: number, cells: number) => {
    if (Date.now() - last < 250) return
    last = Date.now()
    answer({ number, kind: 'progress', share, cells })
  }
  try {
    const value = await carryOut(message, controller.signal, progress)
    answer({ number, kind: 'done', value, memory: process.memoryUsage.rss() })
  } catch (error) {
    const { code, file } = error instanceof MarrowscopeError ? error : {}
    const text = error instanceof Error ? error.message : String(error)
    answer({
      number,
      kind: 'failed',
      ...(code && { code }),
      ...(file && { file }),
      message: text,
      memory: process.memoryUsage.rss(),
    })
  } finally {
    running.delete(number)
  }
})
process.on('disconnect', () => process.exit(0))
// The terminal's Ctrl-C reaches this process too; the server decides when it ends.
process.on('SIGINT', () => {})
