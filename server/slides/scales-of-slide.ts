import type { Kysely, Selectable } from 'kysely'
import type { Static } from 'typebox'
import {
  type FieldEvidence,
  type FieldScale,
  poolScale,
  type ScaleEstimate,
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
  const evidence = fields.map(
    (field): FieldEvidence => ({
      width: field.width,
      height: field.height,
      stated: statedScale(slide, field, fields, profiles),
      estimate: estimateOf(field),
    }),
  )
  const scales = slideScales(evidence, slide.trusted ?? undefined)
  return new Map(fields.map(({ id }, i) => [id, scales[i]!]))
}

const estimateOf = ({ estimate }: Pick<Field, 'estimate'>): ScaleEstimate | undefined =>
  estimate === null ? undefined : JSON.parse(estimate)

/** What is said of a field's scale: by a person of the field, of its slide, by a profile of the site, by the file. */
export function statedScale(
  slide: Decision,
  field: Field,
  fields: readonly Field[],
  profiles: readonly Profile[],
): FieldEvidence['stated'] {
  if (field.scale_source === 'given' && field.um_per_pixel !== null)
    return { umPerPixel: field.um_per_pixel, source: 'given' }
  if (slide.um_per_pixel !== null) return { umPerPixel: slide.um_per_pixel, source: 'given' }
  const profile = profileOf(field, fields, profiles)
  if (profile) return { umPerPixel: profile.um_per_pixel, source: 'profile' }
  if (field.tagged_um_per_pixel !== null) return { umPerPixel: field.tagged_um_per_pixel, source: 'metadata' }
  return undefined
}

/** Of several objectives on one camera, the one that the red cells of the slide are clearly nearest to. */
function profileOf(
  field: Field,
  fields: readonly Field[],
  profiles: readonly Profile[],
): Profile | undefined {
  const matching = profiles.filter((profile) => photograph(profile) === photograph(field))
  if (matching.length < 2) return matching[0]
  const alike = fields.filter((other) => photograph(other) === photograph(field))
  const { umPerPixel, spread } = poolScale(alike.flatMap((other) => estimateOf(other) ?? []))
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

/** For people: each scale of a slide with the numbers of the fields that share it. */
export async function scalesOfSlides(
  db: Kysely<Database>,
  slides: readonly Selectable<Slides>[],
  fields: readonly Field[],
): Promise<Map<string, Static<typeof ScaleOfSlide>[]>> {
  const profiles = await db.selectFrom('scale_profiles').selectAll().execute()
  return new Map(
    slides.map((slide) => {
      const own = fields.filter((field) => field.slide_id === slide.id)
      const scales = scalesByField(slide, own, profiles)
      const shared = Map.groupBy(own, ({ id }) => `${scales.get(id)!.source} ${scales.get(id)!.umPerPixel}`)
      return [slide.id, [...shared.values()].map((group) => answerOf(group, scales))]
    }),
  )
}

function answerOf(
  group: readonly Field[],
  scales: ReadonlyMap<string, FieldScale>,
): Static<typeof ScaleOfSlide> {
  const { umPerPixel, source, sure, estimate } = scales.get(group[0]!.id)!
  const doubts = group.map(({ id }) => scales.get(id)!.doubt)
  return {
    umPerPixel,
    source,
    sure,
    // One field that is unlike the others is told of that field.
    doubt: doubts.every((doubt) => doubt !== 'none') ? doubts[0]! : 'none',
    redCells: estimate ? { umPerPixel: estimate.umPerPixel, count: estimate.redCells } : null,
    fields: group.map(({ number }) => number),
  }
}
