import { MarrowscopeError } from '../cytology/index.ts'
import { type FieldImage, openImage, openWarnings } from './decode.ts'
import { detectCells, type Steps } from './detect.ts'
import { look } from './look.ts'
import type { Models } from './models.ts'
import { raster } from './raster.ts'
import { type Recognition, recogniseCells } from './recognise.ts'
import type { CellResult, FieldResult, Warning } from './result.ts'
import { estimateScale } from './scale/estimate-scale.ts'
import { type FieldEvidence, type FieldScale, slideScales } from './scale/slide-scale.ts'

export type AnalyseOptions = Steps & {
  /** µm per pixel of the original, 0.01..5; by default as the metadata say, else estimated from the red cells. */
  umPerPixel?: number | undefined
  /** As `slideScales` decided it for the fields of its slide; taken as it is. */
  scale?: FieldScale | undefined
  /** Number of the field in its analysis; cell ids begin with it. */
  number?: number
}

/** A cell with what the recogniser saw in it (unit length); the published result has no place for that. */
export type SeenCell = CellResult & Pick<Recognition, 'embedding'>
export type SeenField = Omit<FieldResult, 'cells'> & { cells: SeenCell[] }

/** Share of a field's time that finding takes, for the progress; naming takes the rest. */
const FINDING = 0.6
/** µm per pixel at which `look` judges a field; as the detector sees it, so that it is there already. */
const LOOKED_AT = 0.25

/**
 * A field from file to result: scale, cells, their types.
 *
 * Errors: SCALE_ABSURD, SCALE_CONTRADICTED where nothing was decided for its slide, those of `openImage`, `detectCells` and `recogniseCells`; the signal's reason when it is aborted.
 */
export async function analyseField(
  models: Models,
  file: string | FieldImage,
  options: AnalyseOptions = {},
): Promise<FieldResult> {
  const { cells, ...field } = await seeField(models, file, options)
  return { ...field, cells: cells.map(({ embedding: _, ...cell }) => cell) }
}

/** As `analyseField`, with the embedding of every cell. */
export async function seeField(
  models: Models,
  file: string | FieldImage,
  { umPerPixel, scale: decided, number = 1, signal, onProgress }: AnalyseOptions = {},
): Promise<SeenField> {
  if (umPerPixel !== undefined) checkScale(umPerPixel)
  const image = typeof file === 'string' ? await openImage(file) : file
  const scale = decided ?? (await ownScale(image, umPerPixel))
  if (!decided && scale.doubt === 'contradicted') throw scaleContradicted(image.file, scale)
  const warnings = scaleWarnings(scale)
  const found = await detectCells(models, image, scale.umPerPixel, {
    signal,
    onProgress: (done, cells) => onProgress?.(done * FINDING, cells),
  })
  const centres = found.map(({ box: [x, y, w, h] }): [number, number] => [x + w / 2, y + h / 2])
  const named = await recogniseCells(models, image, scale.umPerPixel, centres, {
    signal,
    onProgress: (done, cells) => onProgress?.(FINDING + done * (1 - FINDING), cells),
  })
  const cells = found.map(({ box, score, touchesEdge }, i): SeenCell => {
    const { type, probability, doubtful, unfamiliar, probabilities, embedding, regions } = named[i]!
    return {
      id: `${number}-${i + 1}`,
      box,
      detection: round(score, 4),
      type,
      probability: round(probability, 4),
      probabilities: mapValues(probabilities, (p) => round(p, 4)),
      doubtful,
      unfamiliar,
      touchesEdge,
      regions: regions.map(([x, y]) => [round(x, 1), round(y, 1)]),
      embedding,
    }
  })
  const looks = look(await raster(image, scale.umPerPixel, LOOKED_AT), scale.umPerPixel)
  // What is no smear, or not sharp, is said instead of what follows from it.
  if (cells.length === 0 && looks.length === 0) warnings.push('NO_CELLS_FOUND')
  warnings.push(...(await openWarnings(image)), ...looks)
  const { file: name, width, height } = image
  const { umPerPixel: size, source } = scale
  const used = { umPerPixel: source === 'estimated' ? round(size, 4) : size, source }
  return { file: name, width, height, scale: used, warnings, cells }
}

/**
 * Errors: SCALE_ABSURD when µm per pixel are not within 0.01..5, which no smear photograph that shows cells leaves.
 */
export function checkScale(umPerPixel: number): void {
  if (umPerPixel >= 0.01 && umPerPixel <= 5) return
  throw new MarrowscopeError(
    'SCALE_ABSURD',
    `A scale of ${umPerPixel} µm per pixel cannot be right; give a number from 0.01 to 5, such as 0.1.`,
  )
}

/** As the fields of its slide have it; a field by itself is a slide of one field. */
async function ownScale(image: FieldImage, given: number | undefined): Promise<FieldScale> {
  if (given !== undefined) {
    return { umPerPixel: given, source: 'given', sure: true, estimate: undefined, doubt: 'none' }
  }
  const [scale] = slideScales([await fieldEvidence(image, { estimate: true })])
  return scale!
}

/** What is known of a field's scale. Errors: those of `decode`, where the red cells are looked at (`estimate`). */
export async function fieldEvidence(
  image: FieldImage,
  { estimate, stated }: { estimate: boolean; stated?: FieldEvidence['stated'] },
): Promise<FieldEvidence> {
  const { width, height, umPerPixel } = image
  const tag = umPerPixel === undefined ? undefined : { umPerPixel, source: 'metadata' as const }
  return {
    width,
    height,
    stated: stated ?? tag,
    estimate: estimate ? await estimateScale(image) : undefined,
  }
}

/** The refusal of a field or slide, by a name for people, whose scale nobody can take on trust. */
export function scaleContradicted(
  name: string,
  { umPerPixel, source, estimate }: FieldScale,
): MarrowscopeError {
  const who = source === 'profile' ? 'the profile of the camera' : 'the file'
  return new MarrowscopeError(
    'SCALE_CONTRADICTED',
    `${name}: ${who} says ${round(umPerPixel, 4)} µm per pixel, the red cells say about ${round(estimate!.umPerPixel, 3)}; say which is right, or give the scale.`,
    { file: name },
  )
}

const SCALE_WARNINGS = { none: [], doubted: ['SCALE_DOUBTED'], contradicted: ['SCALE_DOUBTED'] } as const

function scaleWarnings({ source, sure, doubt }: FieldScale): Warning[] {
  const estimated: Warning[] = source === 'estimated' ? ['SCALE_ESTIMATED'] : []
  return [...estimated, ...(sure ? [] : (['SCALE_UNSURE'] as const)), ...SCALE_WARNINGS[doubt]]
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

function mapValues<K extends string>(
  record: Record<K, number>,
  change: (value: number) => number,
): Record<K, number> {
  return Object.fromEntries(
    Object.entries<number>(record).map(([key, value]) => [key, change(value)]),
  ) as Record<K, number>
}
