import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { CELL_CLASSES, MarrowscopeError } from '../cytology/index.ts'
import { checkedJson } from './checked-json.ts'

const Probability = Type.Number({ minimum: 0, maximum: 1 })
const Cosine = Type.Number({ minimum: -1, maximum: 1 })

/** What every card says. Further keys are documentation for people. */
const common = {
  name: Type.String({ minLength: 1 }),
  version: Type.String({ minLength: 1 }),
  file: Type.String({ pattern: '^[\\w.-]+\\.onnx$' }),
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  /** The scale at which the network works, µm per pixel. */
  umPerPixel: Type.Number({ minimum: 0.01, maximum: 5 }),
  licence: Type.String({ minLength: 1 }),
  data: Type.Array(Type.Unknown()),
  metrics: Type.Record(Type.String(), Type.Unknown()),
  limits: Type.Array(Type.String()),
  intendedUse: Type.String({ minLength: 1 }),
}

const DetectorCard = Type.Object({
  ...common,
  task: Type.Literal('detector'),
  /** Width and height of the input must be multiples of this. */
  sizeMultiple: Type.Integer({ minimum: 1 }),
  /** On the scale of the calibrated score, where there is a calibration. */
  scoreThreshold: Probability,
  /** Makes the network's score the probability of a cell; without it the score is taken as it is. */
  scoreCalibration: Type.Optional(
    Type.Object({ slope: Type.Number({ exclusiveMinimum: 0 }), offset: Type.Number() }),
  ),
  nmsIou: Probability,
  /** Pixels at the working scale. */
  tile: Type.Object({ size: Type.Integer({ minimum: 32 }), overlap: Type.Integer({ minimum: 0 }) }),
})

const RecogniserCard = Type.Object({
  ...common,
  task: Type.Literal('recogniser'),
  /** Side of a square crop, pixels at the working scale. */
  cropSize: Type.Integer({ minimum: 1 }),
  classes: Type.Tuple(CELL_CLASSES.map((id) => Type.Literal(id))),
  /**
   * Cosine to the nearest cells that were taught, over new cells of the same laboratories: their median, and below what the least
   * like fifth and twentieth of them lie. With it the network has an output `similarity`.
   */
  usualSimilarity: Type.Optional(Type.Object({ median: Cosine, fifth: Cosine, twentieth: Cosine })),
})

export type DetectorCard = Static<typeof DetectorCard>
export type RecogniserCard = Static<typeof RecogniserCard>
export type Cards = { detector: DetectorCard; recogniser: RecogniserCard }

const cards = { detector: Compile(DetectorCard), recogniser: Compile(RecogniserCard) }

/**
 * Checks the card that lies beside a network.
 *
 * Errors: MODEL_CARD_INVALID, naming the first thing that is wrong.
 */
export function parseModelCard<T extends keyof Cards>(task: T, path: string, text: string): Cards[T] {
  const invalid = (what: string, cause?: unknown) =>
    new MarrowscopeError('MODEL_CARD_INVALID', `The model card ${path} is not usable: ${what}; restore it.`, {
      file: path,
      cause,
    })
  const card = checkedJson<Cards[keyof Cards]>(cards[task], text, invalid)
  if ('tile' in card) {
    const { size, overlap } = card.tile
    if (overlap >= size) throw invalid('tile.overlap must be less than tile.size')
    if (size % card.sizeMultiple !== 0) throw invalid('tile.size must be a multiple of sizeMultiple')
  }
  return card as Cards[T]
}
