import type { Kysely, Selectable } from 'kysely'
import type { Static } from 'typebox'
import {
  type FieldEvidence,
  type FieldScale,
  poolScale,
  type ScaleEstimate,
  sharedScales,
  slideScales,
} from '../../vision/index.ts'
import type { Database, Fields, ScaleProfiles, Slides } from '../database/schema.ts'
import type { ScaleOfSlide } from './schemas.ts'

type Field = Selectable<Fields>
type Profile = Selectable<ScaleProfiles>
type Decision = Pick<Selectable<Slides>, 'um_per_pixel' | 'trusted'>

/** The scale of every field of a slide, by the field's id, from what is known now. */
export function scalesByField(
  slide: Decision,
  fields: readonly Field[],
  profiles: readonly Profile[],
): Map<string, FieldScale> {
  const stated = statedScales(slide, fields, profiles)
  const evidence = fields.map(
    (field): FieldEvidence => ({
      width: field.width,
      height: field.height,
      stated: stated.get(field.id),
      estimate: estimateOf(field),
    }),
  )
  const scales = slideScales(evidence, slide.trusted ?? undefined)
  return new Map(fields.map(({ id }, i) => [id, scales[i]!]))
}

const estimateOf = ({ estimate }: Pick<Field, 'estimate'>): ScaleEstimate | undefined =>
  estimate === null ? undefined : JSON.parse(estimate)

/** By field, what is said of its scale: by a person of the field, of its slide, by a profile of the site, by the file. */
export function statedScales(
  slide: Decision,
  fields: readonly Field[],
  profiles: readonly Profile[],
): Map<string, FieldEvidence['stated']> {
  const alike = [...Map.groupBy(fields, photograph)]
  const known = new Map(alike.map(([key, group]) => [key, profileOf(key, group, profiles)]))
  return new Map(fields.map((field) => [field.id, statedScale(slide, field, known.get(photograph(field)))]))
}

function statedScale(slide: Decision, field: Field, profile: Profile | undefined): FieldEvidence['stated'] {
  if (field.scale_source === 'given' && field.um_per_pixel !== null)
    return { umPerPixel: field.um_per_pixel, source: 'given' }
  if (slide.um_per_pixel !== null) return { umPerPixel: slide.um_per_pixel, source: 'given' }
  if (profile) return { umPerPixel: profile.um_per_pixel, source: 'profile' }
  if (field.tagged_um_per_pixel !== null) return { umPerPixel: field.tagged_um_per_pixel, source: 'metadata' }
  return undefined
}

/** Of several objectives on the camera that took these fields, the one that their red cells are clearly nearest to. */
function profileOf(key: string, fields: readonly Field[], profiles: readonly Profile[]): Profile | undefined {
  const matching = profiles.filter((profile) => photograph(profile) === key)
  if (matching.length < 2) return matching[0]
  const { umPerPixel, spread } = poolScale(fields.flatMap((field) => estimateOf(field) ?? []))
  const distance = (profile: Profile) => Math.abs(Math.log(profile.um_per_pixel / umPerPixel))
  const [nearest, second] = matching.toSorted((a, b) => distance(a) - distance(b))
  return distance(nearest!) + spread < distance(second!) ? nearest : undefined
}

/** Fields of one camera and one size, however the camera lay. */
function photograph({ camera, width, height }: Pick<Profile, 'camera' | 'width' | 'height'>): string {
  return `${camera} ${Math.min(width, height)}×${Math.max(width, height)}`
}

/** The scale of each field as its slide decides it now. */
export async function scalesOfFields(
  db: Kysely<Database>,
  slides: readonly Selectable<Slides>[],
  fields: readonly Field[],
): Promise<Map<string, FieldScale>> {
  const profiles = await db.selectFrom('scale_profiles').selectAll().execute()
  return new Map(
    slides.flatMap((slide) => {
      const own = fields.filter((field) => field.slide_id === slide.id)
      return [...scalesByField(slide, own, profiles)]
    }),
  )
}

/** For people: by slide, each scale with the numbers of the fields that share it. */
export async function scalesOfSlides(
  db: Kysely<Database>,
  slides: readonly Selectable<Slides>[],
  fields: readonly Field[],
): Promise<Map<string, Static<typeof ScaleOfSlide>[]>> {
  const scales = await scalesOfFields(db, slides, fields)
  return new Map(
    slides.map(({ id }) => {
      const own = fields.filter((field) => field.slide_id === id)
      return [id, sharedScales(own.map((field) => [field.number, scales.get(field.id)!])).map(answerOf)]
    }),
  )
}

function answerOf({ scale, fields }: { scale: FieldScale; fields: number[] }): Static<typeof ScaleOfSlide> {
  const { umPerPixel, source, sure, doubt, estimate } = scale
  const redCells = estimate ? { umPerPixel: estimate.umPerPixel, count: estimate.redCells } : null
  return { umPerPixel, source, sure, doubt, redCells, fields }
}
