import type { LabelledCrop } from '../../annotation/index.ts'
import { isCellClass } from '../../cytology/index.ts'
import { type Recogniser, recogniseCells } from '../../vision/index.ts'
import type { RecogniserReport, RecognitionMistake } from '../report/report.ts'
import type { Answered } from './answers.ts'
import { type Going, overImages } from './images.ts'
import { outsiders, recognitionScores } from './recogniser-scores.ts'

/** Wrong answers that are shown. */
const SHOWN = 60

export type RecogniserFigures = Pick<
  RecogniserReport,
  'overall' | 'sources' | 'outsiders' | 'mistakes' | 'failures'
>

type AnsweredCrop = Answered & { crop: LabelledCrop; probabilityOfLabel: number }

/** Runs the recogniser over cells whose type is known and counts what it said. Cells of one image are named together. */
export async function evaluateRecogniser(
  recogniser: Recogniser,
  crops: readonly LabelledCrop[],
  going: Going,
): Promise<RecogniserFigures> {
  const images = [...Map.groupBy(crops, ({ file }) => file).values()].map((cells) => ({
    ...cells[0]!,
    cells,
  }))
  const { results, failures } = await overImages(images, going, async ({ cells }, image, umPerPixel) => {
    const centres = cells.map(({ centre: [x, y] }): [number, number] => [x, y])
    const named = await recogniseCells({ recogniser }, image, umPerPixel, centres)
    return cells.map((crop, i): AnsweredCrop => {
      const { type, probability, probabilities } = named[i]!
      const probabilityOfLabel = isCellClass(crop.type) ? probabilities[crop.type] : 0
      const { source, file } = crop
      return {
        crop,
        source,
        file,
        truth: crop.type,
        predicted: type,
        confidence: probability,
        probabilityOfLabel,
      }
    })
  })
  const answers = results.flat()
  return {
    overall: recognitionScores('all', answers),
    sources: [...Map.groupBy(answers, ({ source }) => source)].map(([source, own]) =>
      recognitionScores(source, own),
    ),
    outsiders: outsiders(answers),
    mistakes: worst(answers),
    failures,
  }
}

/** The surest wrong answers about cells of the 12 types and those that nobody could name. */
function worst(answers: AnsweredCrop[]): RecognitionMistake[] {
  return answers
    .flatMap(({ crop, truth, predicted, confidence, probabilityOfLabel }) => {
      if (!isCellClass(truth) || truth === predicted) return []
      const { source, file, centre, umPerPixel } = crop
      return [
        {
          source,
          file,
          centre,
          umPerPixel,
          labelled: truth,
          said: predicted,
          probability: confidence,
          probabilityOfLabel,
        },
      ]
    })
    .sort((a, b) => b.probability - a.probability)
    .slice(0, SHOWN)
}
