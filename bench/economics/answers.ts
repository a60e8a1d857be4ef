import { type EstimatesOf, estimatesOf, type LabelledCrop, type Resampled } from '../../annotation/index.ts'
import { CELL_CLASSES, CELL_TYPES, type CellClass } from '../../cytology/index.ts'
import { openImage, type Point, recogniseCells } from '../../vision/index.ts'
import { type FigureName, measureAnswers } from '../recogniser/figures.ts'
import type { Answer } from '../recogniser/runs.ts'
import type { Option } from './options.ts'

export const ECONOMICS_FIGURES = ['macroF1', 'accuracy', 'ece'] as const satisfies FigureName[]
export type EconomicsFigure = (typeof ECONOMICS_FIGURES)[number]
export type Estimates = EstimatesOf<EconomicsFigure>

/** The labelled cells of the 12 types, as `evaluate recogniser` counts them; at most `limit`, evenly spread. */
export function typedCells(crops: readonly LabelledCrop[], limit = Number.POSITIVE_INFINITY): LabelledCrop[] {
  const typed = crops.filter(({ type }) => CELL_TYPES.some((name) => name === type))
  return evenly(typed, limit)
}

export function evenly<T>(items: readonly T[], most: number): T[] {
  const count = Math.min(items.length, most)
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]!)
}

/** What each option calls the cells, in the order of the options; an image is opened once for all of them. */
export async function answersOf(
  options: readonly Option[],
  cells: readonly LabelledCrop[],
): Promise<Answer[][]> {
  const answers = options.map((): Answer[] => [])
  for (const [file, own] of Map.groupBy(cells, (cell) => cell.file)) {
    const image = await openImage(file)
    const centres = own.map(({ centre: [x, y] }): Point => [x, y])
    for (const [o, option] of options.entries()) {
      const named = await recogniseCells(option, image, own[0]!.umPerPixel, centres)
      answers[o]!.push(
        ...named.map(({ type, probability }, i) => ({
          file,
          source: own[i]!.source,
          truth: CELL_CLASSES.indexOf(own[i]!.type as CellClass),
          predicted: CELL_CLASSES.indexOf(type),
          confidence: probability,
        })),
      )
    }
  }
  return answers
}

/** An option's figures on resampled pictures that all options share, so that differences are of the same pictures. */
export function figuresOf(answers: readonly Answer[], samples: readonly number[][]): Resampled<FigureName> {
  return { info: { seed: 1 }, ...measureAnswers(answers, samples) }
}

export function estimatesOfOne(figures: Resampled<FigureName>): Estimates {
  return estimatesOf<EconomicsFigure>([figures], ECONOMICS_FIGURES)
}
