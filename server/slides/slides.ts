import type { Kysely, Transaction } from 'kysely'
import type { Static } from 'typebox'
import { v7 as uuid } from 'uuid'
import { record } from '../audit/record.ts'
import { lockCase } from '../case-lock/cases.ts'
import type { Database } from '../database/schema.ts'
import { HttpError, notFound } from '../errors.ts'
import { scalesOfSlides } from './scales-of-slide.ts'
import type { Slide } from './schemas.ts'

type SlideAnswer = Static<typeof Slide>

/** The slides of a case in the order in which they were made, with what lies on them. */
export async function slidesOf(db: Kysely<Database>, caseId: string): Promise<SlideAnswer[]> {
  const [slides, fields, cells] = await Promise.all([
    db
      .selectFrom('slides')
      .selectAll()
      .where('case_id', '=', caseId)
      .orderBy('created_at')
      .orderBy('id')
      .execute(),
    db.selectFrom('fields').selectAll().where('case_id', '=', caseId).orderBy('number').execute(),
    db
      .selectFrom('cells')
      .innerJoin('fields', 'fields.id', 'cells.field_id')
      .select((eb) => ['fields.slide_id', eb.fn.countAll().as('n')])
      .where('cells.case_id', '=', caseId)
      .where('cells.deleted', '=', 0)
      .groupBy('fields.slide_id')
      .execute(),
  ])
  const onCells = new Map(cells.map(({ slide_id, n }) => [slide_id, Number(n)]))
  const scales = await scalesOfSlides(db, slides, fields)
  return slides.map(({ id, label, um_per_pixel: umPerPixel, trusted }) => ({
    ...{ id, label, umPerPixel, trusted },
    fields: fields.filter((field) => field.slide_id === id).length,
    cells: onCells.get(id) ?? 0,
    scales: scales.get(id)!,
  }))
}

/**
 * The slide of a case that is meant: the given one, else the case's first. Returns its id.
 * Errors: SLIDE_UNKNOWN where it is not, or not any more, of this case.
 */
export async function slideOf(db: Kysely<Database>, caseId: string, slideId?: string): Promise<string> {
  const own = db.selectFrom('slides').select('id').where('case_id', '=', caseId)
  const row = await (slideId === undefined
    ? own.orderBy('created_at').orderBy('id')
    : own.where('id', '=', slideId)
  )
    .limit(1)
    .executeTakeFirst()
  if (row) return row.id
  throw new HttpError(
    422,
    'SLIDE_UNKNOWN',
    'This case has no such slide, or it was removed. Choose a slide of the case and upload the file again.',
  )
}

/** Errors: NOT_FOUND, CASE_SIGNED, SLIDE_LABEL_EMPTY, SLIDE_LABEL_TAKEN. */
export function addSlide(db: Kysely<Database>, caseId: string, label: string): Promise<SlideAnswer> {
  return db.transaction().execute(async (trx) => {
    const at = Date.now()
    await lockCase(trx, caseId, at)
    const slide = { id: uuid(), label: await freeLabel(trx, caseId, label) }
    await trx
      .insertInto('slides')
      .values({ ...slide, case_id: caseId, created_at: at })
      .execute()
    await record(trx, { event: 'slide.create', caseId, subjectId: slide.id, after: slide })
    return { ...slide, fields: 0, cells: 0, umPerPixel: null, trusted: null, scales: [] }
  })
}

/** Returns the case's id. Errors: NOT_FOUND, CASE_SIGNED, SLIDE_LABEL_EMPTY, SLIDE_LABEL_TAKEN. */
export async function renameSlide(db: Kysely<Database>, id: string, label: string): Promise<string> {
  const caseId = await caseOfSlide(db, id)
  await db.transaction().execute(async (trx) => {
    await lockCase(trx, caseId, Date.now())
    const free = await freeLabel(trx, caseId, label, id)
    await trx.updateTable('slides').set({ label: free }).where('id', '=', id).execute()
    await record(trx, { event: 'slide.change', caseId, subjectId: id, after: { label: free } })
  })
  return caseId
}

/** Removes a slide without fields; returns the case's id. Errors: NOT_FOUND, CASE_SIGNED, SLIDE_NOT_EMPTY, LAST_SLIDE. */
export async function removeSlide(db: Kysely<Database>, id: string): Promise<string> {
  const caseId = await caseOfSlide(db, id)
  await db.transaction().execute(async (trx) => {
    await lockCase(trx, caseId, Date.now())
    const slides = await slidesOf(trx, caseId)
    const slide = slides.find((one) => one.id === id)
    if (!slide) throw notFound('slide')
    if (slide.fields > 0) {
      throw new HttpError(
        409,
        'SLIDE_NOT_EMPTY',
        `Slide ${slide.label} has ${slide.fields} fields. Remove those first.`,
      )
    }
    if (slides.length === 1) {
      throw new HttpError(409, 'LAST_SLIDE', 'A case keeps one slide at least. Give this one another label.')
    }
    await trx.deleteFrom('slides').where('id', '=', id).execute()
    await record(trx, { event: 'slide.remove', caseId, subjectId: id, before: { label: slide.label } })
  })
  return caseId
}

async function caseOfSlide(db: Kysely<Database>, id: string): Promise<string> {
  const row = await db.selectFrom('slides').select('case_id').where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound('slide')
  return row.case_id
}

/** The label without spaces around it; to be asked with the case locked, so that two at once do not get the same. */
async function freeLabel(
  trx: Transaction<Database>,
  caseId: string,
  given: string,
  ownId?: string,
): Promise<string> {
  const label = given.trim()
  if (!label) throw new HttpError(400, 'SLIDE_LABEL_EMPTY', 'Give the slide a label.')
  const slides = await slidesOf(trx, caseId)
  if (slides.some((slide) => slide.id !== ownId && slide.label.toLowerCase() === label.toLowerCase())) {
    throw new HttpError(
      409,
      'SLIDE_LABEL_TAKEN',
      `This case has a slide ${label} already. Give this one another label.`,
    )
  }
  return label
}
