import {
  calibration,
  type EstimatesOf,
  type FiguresOf,
  figuresOfConfusion,
  type Resampled,
  ratio,
} from '../../annotation/index.ts'
import { CELL_CLASSES, CELL_TYPES, type CellType } from '../../cytology/index.ts'
import type { Answer, Run, RunInfo } from './runs.ts'

/** The granulocytic line's stages, each next to the one before and after it, where readers differ most. */
const STAGES = [
  'promyelocyte',
  'myelocyte',
  'metamyelocyte',
  'band_neutrophil',
  'segmented_neutrophil',
] as const satisfies CellType[]

/** Shares, 0..1: macro-F1 of the 12 types and of the stages alone, errors on a stage that name the next one, ECE. */
export type FigureName = 'macroF1' | 'stageF1' | 'oneStepShare' | 'accuracy' | 'ece' | CellType
export const FIGURES: FigureName[] = ['macroF1', 'stageF1', 'oneStepShare', 'accuracy', 'ece', ...CELL_TYPES]

/** On the source that was taught and on the other: macro-F1 of the types that are labelled, accuracy, ECE. */
export const CROSS_FIGURES = ['ownF1', 'otherF1', 'gap', 'otherAccuracy', 'otherEce', ...CELL_TYPES] as const
export type CrossFigureName = (typeof CROSS_FIGURES)[number]

export type Estimates = EstimatesOf<FigureName>
export type Measured<Name extends string> = Resampled<Name> & { info: RunInfo }

/** ECE needs a walk through all answers in each resample, the others only counts. */
const ECE_RESAMPLES = 200

/** Cells by picture, so that those of one picture are drawn together. */
export type Pictures = readonly (readonly Answer[])[]
type Figure<Name extends string> = (
  pictures: Pictures,
  sample: readonly number[],
  withEce: boolean,
) => FiguresOf<Name>

export function pictures(cells: readonly Answer[]): Pictures {
  return [...Map.groupBy(cells, ({ file }) => file).values()]
}

/** @param samples places of pictures, the same for all runs, so that differences are of the same pictures */
export function measureRun(run: Run, samples: readonly number[][]): Measured<FigureName> {
  return measured(run, samples, figures)
}

/** Of a run that was taught one source, on a test that holds others too. */
export function measureCross(run: Run, samples: readonly number[][]): Measured<CrossFigureName> {
  const taught = run.info.settings.look?.source
  return measured(run, samples, (all, sample, withEce) => crossFigures(all, sample, withEce, taught))
}

/** Of one network's answers, without a run. */
export function measureAnswers(
  cells: readonly Answer[],
  samples: readonly number[][],
): Omit<Measured<FigureName>, 'info'> {
  return resampled(cells, samples, figures)
}

export function macroF1(cells: readonly Answer[]): number | null {
  return figuresOfConfusion(counted([cells], [0]), CELL_CLASSES, CELL_TYPES).macroF1
}

function measured<Name extends string>(
  run: Run,
  samples: readonly number[][],
  of: Figure<Name>,
): Measured<Name> {
  return { info: run.info, ...resampled(run.test, samples, of) }
}

function resampled<Name extends string>(
  cells: readonly Answer[],
  samples: readonly number[][],
  of: Figure<Name>,
): Omit<Measured<Name>, 'info'> {
  const all = pictures(cells)
  const whole = all.map((_, place) => place)
  return {
    figures: of(all, whole, true),
    resampled: samples.map((sample, i) => of(all, sample, i < ECE_RESAMPLES)),
  }
}

function figures(all: Pictures, sample: readonly number[], withEce: boolean): FiguresOf<FigureName> {
  const confusion = counted(all, sample)
  const { macroF1, accuracy, byClass } = figuresOfConfusion(confusion, CELL_CLASSES, CELL_TYPES)
  return {
    macroF1,
    accuracy,
    stageF1: figuresOfConfusion(confusion, CELL_CLASSES, STAGES).macroF1,
    oneStepShare: oneStepShare(confusion),
    ece: withEce ? ece(all, sample) : null,
    ...typeF1(byClass),
  }
}

function crossFigures(
  all: Pictures,
  sample: readonly number[],
  withEce: boolean,
  taught: string | undefined,
) {
  const [own, other] = [true, false].map((wanted) => {
    const places = sample.filter((place) => (all[place]![0]!.source === taught) === wanted)
    return { places, ...figuresOfConfusion(counted(all, places), CELL_CLASSES, CELL_TYPES) }
  }) as [Named, Named]
  return {
    ownF1: own.macroF1,
    otherF1: other.macroF1,
    gap: own.macroF1 === null || other.macroF1 === null ? null : own.macroF1 - other.macroF1,
    otherAccuracy: other.accuracy,
    otherEce: withEce ? ece(all, other.places) : null,
    ...typeF1(other.byClass),
  }
}

type Named = ReturnType<typeof figuresOfConfusion> & { places: number[] }

function typeF1(byClass: Record<string, { f1: number | null }>): Record<CellType, number | null> {
  return Object.fromEntries(CELL_TYPES.map((type) => [type, byClass[type]!.f1])) as Record<
    CellType,
    number | null
  >
}

/** Of the cells of a stage that were misnamed, the share that got the name of the stage before or after. */
function oneStepShare(confusion: readonly number[][]): number | null {
  const places = STAGES.map((stage) => CELL_CLASSES.indexOf(stage))
  let [near, errors] = [0, 0]
  places.forEach((truth, stage) => {
    const row = confusion[truth]!
    errors += row.reduce((sum, count) => sum + count, 0) - row[truth]!
    near += (row[places[stage - 1]!] ?? 0) + (row[places[stage + 1]!] ?? 0)
  })
  return ratio(near, errors)
}

function ece(all: Pictures, sample: readonly number[]): number | null {
  const answers = sample.flatMap((place) => all[place]!)
  return calibration(
    answers.map(({ confidence, truth, predicted }) => ({ confidence, correct: truth === predicted })),
  ).ece
}

function counted(all: Pictures, sample: readonly number[]): number[][] {
  const confusion = CELL_CLASSES.map(() => CELL_CLASSES.map(() => 0))
  for (const place of sample) for (const { truth, predicted } of all[place]!) confusion[truth]![predicted]!++
  return confusion
}
