import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MarrowscopeError } from '../cytology/index.ts'
import { type Cards, type DetectorCard, parseModelCard, type RecogniserCard } from './model-card.ts'
import { type Network, type NetworkOptions, openNetwork } from './sessions.ts'

export type Detector = { card: DetectorCard; network: Network }
export type Recogniser = { card: RecogniserCard; network: Network }
export type Models = { detector: Detector; recogniser: Recogniser }

const PORTS = {
  detector: { inputs: ['image'], outputs: ['boxes', 'scores'] },
  recogniser: { inputs: ['crops'], outputs: ['probabilities', 'embedding', 'regions'] },
}

/**
 * Opens both networks of a folder that holds detector.json, recogniser.json and the ONNX files that they name.
 * Close them with `closeModels`.
 *
 * Errors: MODEL_NOT_FOUND, MODEL_CARD_INVALID, MODEL_HASH_MISMATCH (the file is not the one that the card describes),
 * MODEL_NOT_READABLE (not ONNX, or not with the inputs and outputs of its task).
 */
export async function loadModels(dir: string, options?: NetworkOptions): Promise<Models> {
  const detector = await loadDetector(dir, options)
  try {
    return { detector, recogniser: await loadRecogniser(dir, options) }
  } catch (error) {
    await detector.network.close()
    throw error
  }
}

/** The cards of both networks of a folder, the networks left closed. Errors: MODEL_NOT_FOUND, MODEL_CARD_INVALID, MODEL_NOT_READABLE. */
export async function readCards(dir: string): Promise<Cards> {
  return { detector: await readCard('detector', dir), recogniser: await readCard('recogniser', dir) }
}

/** The detector alone; errors as of `loadModels`. */
export function loadDetector(dir: string, options?: NetworkOptions): Promise<Detector> {
  return load('detector', dir, options)
}

/** The recogniser alone; errors as of `loadModels`. */
export function loadRecogniser(dir: string, options?: NetworkOptions): Promise<Recogniser> {
  return load('recogniser', dir, options)
}

/** Gives back the memory of the networks. */
export async function closeModels(models: Partial<Models>): Promise<void> {
  await models.detector?.network.close()
  await models.recogniser?.network.close()
}

async function load<T extends keyof Cards>(task: T, dir: string, options?: NetworkOptions) {
  const card = await readCard(task, dir)
  const path = join(dir, card.file)
  const onnx = await read(path, task)
  if (createHash('sha256').update(onnx).digest('hex') !== card.sha256) {
    throw new MarrowscopeError(
      'MODEL_HASH_MISMATCH',
      `The ${task} ${path} is not the file that ${cardOf(task, dir)} describes; restore both from one release.`,
      { file: path },
    )
  }
  return { card, network: await open(card, path, onnx, options) }
}

const cardOf = (task: keyof Cards, dir: string) => join(dir, `${task}.json`)

async function readCard<T extends keyof Cards>(task: T, dir: string): Promise<Cards[T]> {
  const path = cardOf(task, dir)
  return parseModelCard(task, path, (await read(path, task)).toString('utf8'))
}

async function read(path: string, task: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT'
    throw new MarrowscopeError(
      missing ? 'MODEL_NOT_FOUND' : 'MODEL_NOT_READABLE',
      missing
        ? `The ${task}'s file ${path} is missing; give the folder that holds the models.`
        : `The ${task}'s file ${path} cannot be read; check that it is a file you may open.`,
      { file: path, cause },
    )
  }
}

async function open(
  card: DetectorCard | RecogniserCard,
  path: string,
  onnx: Buffer,
  options?: NetworkOptions,
): Promise<Network> {
  const { task } = card
  const unusable = (what: string, cause?: unknown) =>
    new MarrowscopeError('MODEL_NOT_READABLE', `The ${task} ${path} ${what}; restore it or train it again.`, {
      file: path,
      cause,
    })
  let network: Network
  try {
    network = await openNetwork(onnx, options)
  } catch (cause) {
    throw unusable('is not a network that ONNX Runtime can open', cause)
  }
  const { inputs, outputs } = PORTS[task]
  const promised = 'usualSimilarity' in card ? ['similarity'] : []
  const missing = [
    ...inputs.filter((name) => !network.inputs.includes(name)),
    ...[...outputs, ...promised].filter((name) => !network.outputs.includes(name)),
  ]
  if (missing.length > 0) {
    await network.close()
    throw unusable(`has no input or output called ${missing.join(', ')}`)
  }
  return network
}
