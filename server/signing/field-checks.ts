import type { Kysely, Selectable } from 'kysely'
import type { Static } from 'typebox'
import type { Database, Fields } from '../database/schema.ts'
import { scalesOfFields } from '../slides/scales-of-slide.ts'
import type { Check } from './schemas.ts'

type Field = Selectable<Fields>

const WARNINGS = ['SCALE_CONTRADICTED', 'SCALE_DOUBTED']

/** The fields of a case that were not looked at as they are: each check names them by their numbers, and asks to be confirmed. */
export async function fieldChecks(db: Kysely<Database>, caseId: string): Promise<Static<typeof Check>[]> {
  const fields = await db
    .selectFrom('fields')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('number')
    .execute()
  const slides = await db.selectFrom('slides').selectAll().where('case_id', '=', caseId).execute()
  const scales = await scalesOfFields(db, slides, fields)
  const doubtful = ({ id, warnings }: Field) =>
    scales.get(id)!.doubt !== 'none' ||
    (JSON.parse(warnings) as string[]).some((one) => WARNINGS.includes(one))
  const check = (code: Static<typeof Check>['code'], which: (field: Field) => boolean) => {
    const numbers = fields.filter(which).map(({ number }) => number)
    return { code, blocking: false, count: numbers.length, fields: numbers }
  }
  return [
    check('FIELDS_WAITING', ({ status }) => status === 'waiting'),
    check('FIELDS_FAILED', ({ status }) => status === 'failed'),
    check('SCALE_IN_DOUBT', doubtful),
    check('SCALE_CHANGED', ({ rescaled }) => rescaled === 1),
    check('IMAGES_DAMAGED', ({ image_fault }) => image_fault !== null),
  ]
}
