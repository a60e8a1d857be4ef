import { type Static, Type } from 'typebox'
import {
  CELL_CLASSES,
  CELL_TYPES,
  type CellClass,
  DOUBTFUL_BELOW,
  differential,
  familiarity,
  INTENDED_USE,
} from '../cytology/index.ts'
import type { DetectorCard, RecogniserCard } from './model-card.ts'
import type { Models } from './models.ts'

const Probability = Type.Number({ minimum: 0, maximum: 1 })
const Percent = Type.Union([Type.Number({ minimum: 0, maximum: 100 }), Type.Null()])
const Count = Type.Integer({ minimum: 0 })
const Id = Type.Enum([...CELL_CLASSES])

function object<T extends Parameters<typeof Type.Object>[0]>(properties: T, description: string) {
  return Type.Object(properties, { additionalProperties: false, description })
}

const Model = object(
  { name: Type.String(), version: Type.String(), sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) },
  'A network, as its model card names it.',
)

const Measured = (description: string) =>
  Type.Union([Type.Number(), Type.Null()], {
    description: `${description}; null where it cannot be measured.`,
  })

const Measurements = object(
  {
    cellDiameterUm: Measured('µm, of the circle with the area of the cell'),
    nucleusDiameterUm: Measured('µm, of the circle with the area of the nucleus'),
    ncRatio: Measured('Area of the nucleus by area of the whole cell, 0..1'),
    nuclearRoundness: Measured('4π area / perimeter² of the nucleus, 0..1; 1 is a circle'),
    nuclearLobes: Measured('Lobes of the nucleus, 1 or more'),
    cytoplasmGranularity: Measured(
      'Standard deviation of the optical density (ln, green) of the cytoplasm at the size of granules',
    ),
    cytoplasmBlueness: Measured('Optical density (ln) of the cytoplasm in red less half of that in green'),
    cut: Type.Boolean({ description: 'The edge of the image cuts the cell, so that it cannot be measured.' }),
  },
  'By shape and colour, not by a network.',
)

const Cell = object(
  {
    id: Type.String({
      description: 'Number of the field among those asked for, and of the cell in it: 2-17.',
    }),
    box: Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()], {
      description: 'x, y, width and height in pixels of the upright original.',
    }),
    detection: Type.Number({
      minimum: 0,
      maximum: 1,
      description: 'How sure the detector is that this is a cell.',
    }),
    type: Id,
    probability: Type.Number({ minimum: 0, maximum: 1, description: 'Of the type; calibrated.' }),
    probabilities: object(
      Object.fromEntries(CELL_CLASSES.map((id) => [id, Probability])) as Record<
        CellClass,
        typeof Probability
      >,
      'Of every class.',
    ),
    doubtful: Type.Boolean({
      description: `The type is less probable than ${DOUBTFUL_BELOW}: for a person to decide, as is what is not identifiable.`,
    }),
    unfamiliar: Type.Union([Type.Boolean(), Type.Null()], {
      description:
        'It looks less like the cells that the recogniser was taught than 19 of 20 usually do; null where the recogniser does not say.',
    }),
    touchesEdge: Type.Boolean({ description: 'The edge of the image may cut the cell.' }),
    regions: Type.Array(Type.Tuple([Type.Number(), Type.Number()]), {
      description: 'Centres of the places that decided the type, x and y in pixels of the upright original.',
    }),
    measurements: Type.Optional(Measurements),
  },
  'One nucleated cell.',
)

/** What was decided while the file was read, and what its pixels look like. */
const OPEN_WARNINGS = [
  'PAGES_LEFT_OUT',
  'LEVELS_STRETCHED',
  'TRANSPARENCY_IGNORED',
  'TRANSPARENCY_ON_WHITE',
  'GAMMA_APPLIED',
] as const
const LOOK_WARNINGS = ['NOT_A_STAINED_SMEAR', 'OUT_OF_FOCUS'] as const
const WARNINGS = [
  'SCALE_ESTIMATED',
  'SCALE_UNSURE',
  'SCALE_DOUBTED',
  'NO_CELLS_FOUND',
  ...OPEN_WARNINGS,
  ...LOOK_WARNINGS,
] as const

const Field = object(
  {
    file: Type.String(),
    width: Type.Integer({ minimum: 1 }),
    height: Type.Integer({ minimum: 1 }),
    scale: object(
      {
        umPerPixel: Type.Number({ exclusiveMinimum: 0 }),
        source: Type.Enum(['given', 'profile', 'metadata', 'estimated']),
      },
      'Size of a pixel of the original, and who says so.',
    ),
    warnings: Type.Array(Type.Enum([...WARNINGS])),
    cells: Type.Array(Cell, { description: 'Sorted by y, then x, of the box.' }),
  },
  'One image; width and height in pixels, upright.',
)

const Failure = object(
  { file: Type.String(), code: Type.String(), message: Type.String() },
  'An image that was not analysed, and why.',
)

const Share = object(
  { count: Count, percent: Percent, low: Percent, high: Percent },
  'Cells of a type; percent of the counted cells with its 95 % interval, null while nothing is counted.',
)

const Scale = Type.Number({ exclusiveMinimum: 0 })

const ScaleOfSlide = object(
  {
    umPerPixel: Scale,
    source: Type.Enum(['given', 'profile', 'metadata', 'estimated']),
    sure: Type.Boolean(),
    doubt: Type.Enum(['none', 'doubted', 'contradicted'], {
      description: 'How far what is said is from what the red cells say: 1.3 times, 1.6 times.',
    }),
    redCells: Type.Union(
      [
        object(
          { umPerPixel: Scale, count: Count, fields: Count, low: Scale, high: Scale },
          'µm per pixel as the red cells of these fields say together; low and high are of the fields one by one.',
        ),
        Type.Null(),
      ],
      { description: 'Null where they were not looked at.' },
    ),
    fields: Type.Array(Type.Integer({ minimum: 1 }), {
      description: 'Numbers of the files that have it, as the ids of cells begin.',
    }),
  },
  'One scale, µm per pixel, that fields of a slide share.',
)

const Slide = object(
  { name: Type.String(), scales: Type.Array(ScaleOfSlide) },
  'The files of one folder, or one file.',
)

const Differential = object(
  {
    rule: Type.String(),
    counted: Count,
    notCounted: Count,
    byType: Type.Object(Object.fromEntries(CELL_TYPES.map((id) => [id, Type.Optional(Share)])), {
      additionalProperties: false,
    }),
    meRatio: object(
      {
        rule: Type.String(),
        numerator: Count,
        denominator: Count,
        value: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
      },
      'Myeloid to erythroid cells; null without a cell below the line.',
    ),
  },
  'The differential count over all fields, not reviewed by a person.',
)

const SlideFamiliarity = object(
  { cells: Count, unfamiliar: Count, away: Type.Boolean() },
  'Of the cells of all fields, how many are unfamiliar to the recogniser; `away` where that is so many that names and probabilities are to be doubted: one in twenty is usual.',
)

/** The content of result.json. */
export const AnalysisResult = Type.Object(
  {
    notice: Type.String(),
    models: object({ detector: Model, recogniser: Model }, 'The networks that found and named the cells.'),
    fields: Type.Array(Field),
    slides: Type.Array(Slide),
    failures: Type.Array(Failure),
    familiarity: SlideFamiliarity,
    differential: Differential,
  },
  {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Marrowscope analysis result',
    additionalProperties: false,
  },
)

export type AnalysisResult = Static<typeof AnalysisResult>
export type FieldResult = Static<typeof Field>
export type CellResult = Static<typeof Cell>
export type SlideResult = Static<typeof Slide>
export type FieldFailure = Static<typeof Failure>
export type OpenWarning = (typeof OPEN_WARNINGS)[number]
export type LookWarning = (typeof LOOK_WARNINGS)[number]
export type Warning = (typeof WARNINGS)[number]

/** One result out of the fields of an analysis, with the differential count of all their cells. */
export function analysisResult(
  { detector, recogniser }: Models,
  fields: readonly FieldResult[],
  failures: readonly FieldFailure[] = [],
  slides: readonly SlideResult[] = [],
): AnalysisResult {
  const counts: Partial<Record<CellClass, number>> = {}
  const cells = fields.flatMap((field) => field.cells)
  for (const { type } of cells) counts[type] = (counts[type] ?? 0) + 1
  return {
    notice: INTENDED_USE,
    models: { detector: model(detector.card), recogniser: model(recogniser.card) },
    fields: [...fields],
    slides: [...slides],
    failures: [...failures],
    familiarity: familiarity(cells.map(({ unfamiliar }) => unfamiliar)),
    differential: differential(counts),
  }
}

function model({ name, version, sha256 }: DetectorCard | RecogniserCard) {
  return { name, version, sha256 }
}
