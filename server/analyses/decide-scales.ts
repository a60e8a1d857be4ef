import { type Kysely, type Selectable, sql } from 'kysely'
import { MarrowscopeError } from '../../cytology/index.ts'
import { CHECKED_FIELDS, type FieldScale, fieldsToCheck } from '../../vision/index.ts'
import { isReadBlind } from '../case-lock/boxes-held.ts'
import type { Database, Fields, Slides } from '../database/schema.ts'
import { InferenceDied, tryAgain } from '../inference/try-again.ts'
import { ImageDamaged, originalOf } from '../originals/original.ts'
import type { Ports } from '../ports.ts'
import { scalesByField, statedScales } from '../slides/scales-of-slide.ts'
import { setScaleProgress } from './progress.ts'

type Field = Selectable<Fields>
/** Earlier fields of a slide are analysed again where its scale has moved by more than this share. */
const MOVED = 0.05

interface Asked {
  analysisId: string
  caseId: string
  fieldIds: readonly string[]
}

export interface DecidedScales {
  /** By field. */
  scales: Map<string, FieldScale>
  /** Fields that were analysed with another estimate of their slide's scale, and of whose slide nobody has reviewed a cell yet. */
  again: string[]
}

/**
 * Decides the scale of every slide that has fields to analyse, after looking at the red cells of those that were not looked at yet. A
 * slide whose cells somebody has reviewed keeps the estimate that they were found with.
 */
export async function decideScales(ports: Ports, asked: Asked, signal: AbortSignal): Promise<DecidedScales> {
  const { db } = ports
  const fieldsOf = () =>
    db.selectFrom('fields').selectAll().where('case_id', '=', asked.caseId).orderBy('number').execute()
  const profiles = await db.selectFrom('scale_profiles').selectAll().execute()
  const waiting = new Set(asked.fieldIds)
  const before = Map.groupBy(await fieldsOf(), (field) => field.slide_id)
  const all = await db.selectFrom('slides').selectAll().where('case_id', '=', asked.caseId).execute()
  const slides = all.filter(({ id }) => before.get(id)?.some((field) => waiting.has(field.id)))
  const toLookAt = slides.flatMap((slide) => {
    const fields = before.get(slide.id)!
    const stated = statedScales(slide, fields, profiles)
    return [...Map.groupBy(fields, ({ id }) => stated.get(id)?.umPerPixel)].flatMap(([said, group]) =>
      said === undefined ? group.filter(({ estimate }) => estimate === null) : toCheck(group),
    )
  })
  await lookAtRedCells(ports, asked, toLookAt, signal)
  const after = Map.groupBy(await fieldsOf(), (field) => field.slide_id)
  // Cells that are found anew would show a second reader which ones the first touched.
  const readBlind = await isReadBlind(db, asked.caseId)
  const decided: DecidedScales = { scales: new Map(), again: [] }
  for (const slide of slides) {
    const fields = after.get(slide.id) ?? []
    const scales = scalesByField(slide, fields, profiles)
    const earlier = fields.filter(
      (field) => !waiting.has(field.id) && field.scale_source === 'estimated' && field.um_per_pixel !== null,
    )
    const moved = earlier.filter((field) => hasMoved(field, scales.get(field.id)!))
    const again = moved.length > 0 && !readBlind && !(await isReviewed(db, earlier))
    if (again) decided.again.push(...earlier.map(({ id }) => id))
    else if (earlier.length > 0) keepEstimate(slide, fields, earlier, scales)
    for (const [id, scale] of scales) decided.scales.set(id, scale)
  }
  if (decided.again.length > 0) {
    const total = asked.fieldIds.length + decided.again.length
    await db.updateTable('analyses').set({ total }).where('id', '=', asked.analysisId).execute()
  }
  return decided
}

/** Of fields of which one scale is said, those that are still needed to check it. */
function toCheck(group: readonly Field[]): Field[] {
  const unseen = ({ estimate }: Field) => estimate === null
  const looked = group.length - group.filter(unseen).length
  return fieldsToCheck(group)
    .filter(unseen)
    .slice(0, Math.max(0, CHECKED_FIELDS - looked))
}

async function lookAtRedCells(
  ports: Ports,
  { analysisId, caseId }: Asked,
  fields: readonly Field[],
  signal: AbortSignal,
): Promise<void> {
  const { db, inference, events } = ports
  for (const [i, field] of fields.entries()) {
    setScaleProgress(analysisId, i, fields.length)
    events.emit(caseId, { kind: 'analysis', analysisId })
    try {
      const file = await originalOf(ports, field.id)
      const estimate = await tryAgain(() => inference.estimateScale(file, signal), signal)
      await db
        .updateTable('fields')
        .set({ estimate: JSON.stringify(estimate) })
        .where('id', '=', field.id)
        .execute()
    } catch (error) {
      signal.throwIfAborted()
      // What cannot be read is told when the field is analysed.
      const ofField =
        error instanceof InferenceDied || error instanceof MarrowscopeError || error instanceof ImageDamaged
      if (!ofField) throw error
    }
  }
}

const hasMoved = ({ um_per_pixel: was }: Field, { umPerPixel, source }: FieldScale): boolean =>
  source === 'estimated' && Math.abs(Math.log(umPerPixel / was!)) > Math.log(1 + MOVED)

async function isReviewed(db: Kysely<Database>, fields: readonly Field[]): Promise<boolean> {
  const row = await db
    .selectFrom('cells')
    .select(sql<number>`1`.as('one'))
    .where('field_id', 'in', fields.map(({ id }) => id)) // biome-ignore format: one line
    .where((e) => e.or([e('reviewed', '=', 1), e('origin', '=', 'person')]))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** What earlier fields were analysed with is the slide's estimate. */
function keepEstimate(
  slide: Selectable<Slides>,
  fields: readonly Field[],
  earlier: readonly Field[],
  scales: Map<string, FieldScale>,
): void {
  for (const field of fields) {
    const scale = scales.get(field.id)!
    if (scale.source !== 'estimated' || slide.trusted === 'estimated') continue
    const alike = earlier.find((one) => one.width * one.height === field.width * field.height)
    if (alike) scales.set(field.id, { ...scale, umPerPixel: alike.um_per_pixel! })
  }
}
