import type { ScaleEstimate } from './estimate-scale.ts'
import { poolScale } from './pool-scale.ts'

/** Who says the scale: a person, a profile of the site's cameras, the file itself, the red cells. */
export type ScaleSource = 'given' | 'profile' | 'metadata' | 'estimated'

/** What is known of one field before the slide's scale is decided. */
export type FieldEvidence = {
  /** Pixels. */
  width: number
  height: number
  /** What is said of its scale, µm per pixel; undefined where nobody says anything. */
  stated?: { umPerPixel: number; source: Exclude<ScaleSource, 'estimated'> } | undefined
  /** Undefined where its red cells were not looked at. */
  estimate?: ScaleEstimate | undefined
}

/** Which of the two a person believes where what is said and the red cells contradict each other. */
export type Trusted = 'stated' | 'estimated'

export type FieldScale = {
  umPerPixel: number
  source: ScaleSource
  /** False where it was estimated from too little. */
  sure: boolean
  /** What the red cells of the fields that share this scale say together; undefined where they were not looked at. */
  estimate: ScaleEstimate | undefined
  /** How far what is said and the red cells are apart: 1.3 times is doubted, 1.6 times is contradicted, unless a person is believed. */
  doubt: 'none' | 'doubted' | 'contradicted'
}

const DOUBTED = 1.3
const CONTRADICTED = 1.6
/** Standard deviations of the estimate that a deviation must exceed as well, lest few red cells cry wolf. */
const SPREADS = 3
/**
 * Where it is said of a smear whose red cells do not confirm it, this or more is doubted: at half a µm per pixel types can hardly be
 * told, and 1 is what many programs write who know nothing (qupath issue 107).
 */
const COARSE = 0.5
/** So many fields are enough to check a scale that is said. */
export const CHECKED_FIELDS = 6

/** CHECKED_FIELDS of the fields of which one scale is said, evenly spaced; all where they are fewer. */
export function fieldsToCheck<T>(fields: readonly T[]): T[] {
  const step = Math.max(1, fields.length / CHECKED_FIELDS)
  return fields.filter((_, i) => Math.floor(i / step) > Math.floor((i - 1) / step))
}

/**
 * The scales of the fields of one slide. Fields of which the same is said share it, and their red cells together check it; so do fields
 * of the same size of which nothing is said. Where no file says anything, all share one pooled estimate; where a slide was photographed in several sizes of picture, a size whose
 * own red cells are sure and say otherwise has its own.
 */
export function slideScales(given: readonly FieldEvidence[], trusted?: Trusted): FieldScale[] {
  const fields = withTagsOfSlide(given)
  const whole = pooled(fields.filter(({ stated }) => stated === undefined))
  const shared = new Map<string, Omit<FieldScale, 'doubt'>>()
  for (const [key, group] of Map.groupBy(fields, shares)) shared.set(key, scaleOfGroup(group, whole, trusted))
  return fields.map((field) => {
    const scale = shared.get(shares(field))!
    return { ...scale, doubt: doubtOf(field, scale, trusted) }
  })
}

/** A field that lost its tag is as the fields of its size whose files all say the same. */
function withTagsOfSlide(fields: readonly FieldEvidence[]): FieldEvidence[] {
  const said = new Map<string, Set<number>>()
  for (const field of fields) {
    if (field.stated?.source === 'metadata')
      said.set(size(field), (said.get(size(field)) ?? new Set()).add(field.stated.umPerPixel))
  }
  return fields.map((field) => {
    const [tag, ...others] = said.get(size(field)) ?? []
    if (field.stated || tag === undefined || others.length > 0) return field
    return { ...field, stated: { umPerPixel: tag, source: 'metadata' } }
  })
}

/** However the camera lay. */
const size = ({ width, height }: FieldEvidence): string =>
  `${Math.min(width, height)}×${Math.max(width, height)}`

const shares = (field: FieldEvidence): string =>
  field.stated ? `${field.stated.source} ${field.stated.umPerPixel}` : size(field)

function pooled(fields: readonly FieldEvidence[]): ScaleEstimate | undefined {
  const estimates = fields.flatMap(({ estimate }) => estimate ?? [])
  return estimates.length > 0 ? poolScale(estimates) : undefined
}

function scaleOfGroup(
  group: readonly FieldEvidence[],
  whole: ScaleEstimate | undefined,
  trusted: Trusted | undefined,
): Omit<FieldScale, 'doubt'> {
  const { stated } = group[0]!
  const own = pooled(group)
  if (stated && !(trusted === 'estimated' && stated.source !== 'given' && own)) {
    return { ...stated, sure: true, estimate: own }
  }
  const apart = own && whole && own.sure && deviates(own, whole.umPerPixel, DOUBTED)
  const estimate = stated || apart || !whole ? (own ?? poolScale([])) : whole
  const sure =
    estimate.sure &&
    (stated !== undefined || apart || own?.redCells === whole?.redCells || own?.sure === true)
  return { umPerPixel: estimate.umPerPixel, source: 'estimated', sure, estimate }
}

/** A field alone is compared too: it may have been taken through another objective. */
function doubtOf(
  { estimate: own, stated }: FieldEvidence,
  scale: Omit<FieldScale, 'doubt'>,
  trusted: Trusted | undefined,
): FieldScale['doubt'] {
  const { umPerPixel, source, estimate } = scale
  if (source !== 'estimated' && estimate) {
    const asks = source !== 'given' && trusted === undefined
    if (asks && deviates(estimate, umPerPixel, CONTRADICTED)) return 'contradicted'
    if (deviates(estimate, umPerPixel, DOUBTED)) return 'doubted'
  }
  if (source === 'metadata' && umPerPixel >= COARSE && !estimate?.sure) return 'doubted'
  return stated?.source !== 'given' && own?.sure && deviates(own, umPerPixel, CONTRADICTED)
    ? 'doubted'
    : 'none'
}

/** The estimate is so many times larger or smaller than a scale, and that is no accident. */
function deviates({ umPerPixel, spread }: ScaleEstimate, from: number, times: number): boolean {
  const deviation = Math.abs(Math.log(umPerPixel / from))
  return deviation >= Math.log(times) && deviation > SPREADS * spread
}

/**
 * Each scale of a slide with those that share it. It is doubted where all of them are: one field that is unlike the others is told of
 * that field.
 */
export function sharedScales<T>(
  scales: Iterable<readonly [T, FieldScale]>,
): { scale: FieldScale; fields: T[] }[] {
  const groups = Map.groupBy(scales, ([, { source, umPerPixel }]) => `${source} ${umPerPixel}`)
  return [...groups.values()].map((group) => {
    const first = group[0]![1]
    const doubt = group.every(([, scale]) => scale.doubt !== 'none') ? first.doubt : 'none'
    return { scale: { ...first, doubt }, fields: group.map(([field]) => field) }
  })
}
