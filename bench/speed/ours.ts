/**
 * Marrowscope's side of the speed bench, a process of its own so that its peak memory is its own.
 *
 *     node bench/speed/ours.ts MODELS THREADS
 *
 * First line out: what it is. Then for each JSON line in, a JSON line out, as bench/speed/peer.py does it.
 */
import { stdin, stdout } from 'node:process'
import { createInterface } from 'node:readline'
import sharp from 'sharp'
import {
  analyseField,
  analysisResult,
  loadModels,
  openImage,
  raster,
  recogniseCells,
} from '../../vision/index.ts'
import type { Answer, Question } from './worker.ts'

const [dir = 'models', threads = '2'] = process.argv.slice(2)
sharp.concurrency(Number(threads))
const models = await loadModels(dir, { threads: Number(threads) })
const { detector, recogniser } = models

/** From the file on disk to the text of result.json. */
async function field({ file, umPerPixel }: Question): Promise<Omit<Answer, 'peakRss'>> {
  const start = performance.now()
  const found = await analyseField(models, file, { umPerPixel })
  const text = JSON.stringify(analysisResult(models, [found]))
  return { ms: performance.now() - start, cells: found.cells.length, bytes: text.length }
}

/** Cropping and naming alone: the field is decoded and at the working scale before the clock starts. */
async function recognise({ file, umPerPixel, centres }: Question): Promise<Omit<Answer, 'peakRss'>> {
  const image = await openImage(file)
  await raster(image, umPerPixel, recogniser.card.umPerPixel)
  const start = performance.now()
  const named = await recogniseCells(models, image, umPerPixel, centres)
  return { ms: performance.now() - start, cells: named.length }
}

function say(line: object): void {
  stdout.write(`${JSON.stringify(line)}\n`)
}

say({ detector: detector.card, recogniser: recogniser.card })
for await (const line of createInterface({ input: stdin })) {
  const question: Question = JSON.parse(line)
  const answer = await (question.task === 'field' ? field : recognise)(question)
  say({ ...answer, peakRss: process.resourceUsage().maxRSS * 1024 })
}
