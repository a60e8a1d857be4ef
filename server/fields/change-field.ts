import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { changed } from '../audit/changed.ts'
import { record } from '../audit/record.ts'
import { lockCase } from '../case-lock/cases.ts'
import { forgetCells } from '../cells/cell-embeddings.ts'
import { markRescaled } from '../cells/mark-rescaled.ts'
import type { Database } from '../database/schema.ts'
import { conflict, HttpError } from '../errors.ts'
import { type FieldRow, fieldAnswer, findField } from './field-row.ts'
import type { FieldPatch } from './schemas.ts'

/**
 * Gives a field its scale. It waits for analysis again, because the networks saw it at another; its cells stay until then.
 * Errors: NOT_FOUND, CASE_SIGNED, CHANGED_MEANWHILE with the field as it is.
 */
export async function giveScale(
  db: Kysely<Database>,
  id: string,
  { version, umPerPixel }: Static<typeof FieldPatch>,
): Promise<FieldRow> {
  const before = await findField(db, id)
  const caseId = before.case_id
  return db.transaction().execute(async (trx) => {
    await lockCase(trx, caseId, Date.now())
    const { numUpdatedRows } = await trx
      .updateTable('fields')
      .set({
        um_per_pixel: umPerPixel,
        scale_source: 'given',
        status: 'waiting',
        error: null,
        version: version + 1,
      })
      .where('id', '=', id)
      .where('version', '=', version)
      .executeTakeFirstOrThrow()
    const now = await findField(trx, id)
    if (Number(numUpdatedRows) === 0) throw conflict('field', fieldAnswer(now))
    if (umPerPixel !== before.um_per_pixel) await markRescaled(trx, [id])
    const difference = changed(scaleOf(before), scaleOf(now))
    await record(trx, { event: 'field.change', caseId, subjectId: id, ...difference })
    return now
  })
}

const scaleOf = ({ um_per_pixel: umPerPixel, scale_source: source, status }: FieldRow) => ({
  ...{ umPerPixel, source, status },
})

/**
 * Removes a field and its cells from the database. `force` takes cells along that a person has reviewed.
 * Errors: NOT_FOUND, CASE_SIGNED, FIELD_REVIEWED.
 */
export async function removeField(db: Kysely<Database>, id: string, force: boolean): Promise<FieldRow> {
  const field = await findField(db, id)
  await db.transaction().execute(async (trx) => {
    await lockCase(trx, field.case_id, Date.now())
    const { reviewed } = await trx
      .selectFrom('cells')
      .select((eb) => eb.fn.countAll().as('reviewed'))
      .where('field_id', '=', id)
      .where('reviewed', '=', 1)
      .where('deleted', '=', 0)
      .executeTakeFirstOrThrow()
    if (Number(reviewed) > 0 && !force) {
      throw new HttpError(
        409,
        'FIELD_REVIEWED',
        `${reviewed} cells of this field were reviewed and would be lost. Remove it all the same?`,
        { reviewed: Number(reviewed) },
      )
    }
    await forgetCells(trx, field, 'all')
    await trx.deleteFrom('fields').where('id', '=', id).execute()
    const { case_id: caseId, number, file_name: fileName, sha256 } = field
    const before = { number, fileName, sha256, reviewedCells: Number(reviewed) }
    await record(trx, { event: 'field.remove', caseId, subjectId: id, before })
  })
  return field
}
