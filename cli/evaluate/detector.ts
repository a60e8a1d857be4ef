import {
  centreScore,
  evaluatedImage,
  isNucleated,
  type LabelledCrop,
  type LabelledField,
} from '../../annotation/index.ts'
import { isCellClass } from '../../cytology/index.ts'
import { calibratedScore, type Detector, detectCells, type FieldImage } from '../../vision/index.ts'
import type { DetectorReport, FieldScores } from '../report/report.ts'
import type { MeasuredField } from './answers.ts'
import { cropScores, type ScoredCrop } from './crop-scores.ts'
import { fieldScores } from './detector-scores.ts'
import { type Going, overImages } from './images.ts'
import { cropMistakes, fieldMistakes, worst } from './mistakes.ts'
import { thresholdChoice } from './threshold.ts'

/** Detections below this score of the network are not looked at, as RetinaNet has it: here the precision-recall curve ends. */
const CURVE_END = 0.05

export type DetectorFigures = Pick<
  DetectorReport,
  'scoreThreshold' | 'overall' | 'fields' | 'crops' | 'mistakes' | 'failures' | 'choice'
>

/**
 * Runs the detector over labelled fields, and over crops centred on one cell, and counts what it found.
 *
 * @param going `chooseAt`: what a missed cell costs, where a threshold is to be chosen; errors then as of `thresholdChoice`
 */
export async function evaluateDetector(
  detector: Detector,
  fields: readonly LabelledField[],
  crops: readonly LabelledCrop[],
  going: Going & { chooseAt?: number },
): Promise<DetectorFigures> {
  const { scoreThreshold, scoreCalibration } = detector.card
  const lowest = Math.min(calibratedScore(CURVE_END, scoreCalibration), scoreThreshold)
  const detect = (image: FieldImage, umPerPixel: number) =>
    detectCells({ detector }, image, umPerPixel, { scoreThreshold: lowest })

  const inFields = await overImages(
    fields,
    going,
    async (field, image, umPerPixel): Promise<MeasuredField> => {
      return { field, umPerPixel, image: evaluatedImage(field, await detect(image, umPerPixel), isNucleated) }
    },
  )
  const showCell = crops.filter(({ type }) => isCellClass(type))
  const inCrops = await overImages(showCell, going, async (crop, image, umPerPixel): Promise<ScoredCrop> => {
    return { crop, score: centreScore(crop, await detect(image, umPerPixel)) }
  })
  return {
    scoreThreshold,
    ...scoresOfFields(inFields.results, scoreThreshold),
    crops: cropScores(inCrops.results, crops, scoreThreshold),
    mistakes: worst([
      ...inFields.results.flatMap((measured) => fieldMistakes(measured, scoreThreshold)),
      ...cropMistakes(inCrops.results, scoreThreshold),
    ]),
    failures: [...inFields.failures, ...inCrops.failures],
    ...(going.chooseAt === undefined
      ? {}
      : { choice: thresholdChoice(inFields.results, going.chooseAt, scoreCalibration) }),
  }
}

function scoresOfFields(measured: MeasuredField[], threshold: number) {
  const bySource = [...Map.groupBy(measured, ({ field }) => field.source)]
  const fields = bySource.map(([source, all]): FieldScores => {
    const labels = all.some(({ field }) => field.partial) ? 'partial' : 'complete'
    return fieldScores(
      source,
      all.map(({ image }) => image),
      threshold,
      labels,
    )
  })
  const complete = fields.filter(({ labels }) => labels === 'complete').map(({ source }) => source)
  const together = measured.filter(({ field }) => complete.includes(field.source)).map(({ image }) => image)
  if (complete.length === 0) return { fields, overall: null }
  const only = fields.find(({ source }) => source === complete[0])!
  const overall =
    complete.length === 1 ? only : fieldScores(complete.join(' + '), together, threshold, 'complete')
  return { fields, overall }
}
