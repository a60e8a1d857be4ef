import type { Kysely } from 'kysely'
import type { Static } from 'typebox'
import { v7 } from 'uuid'
import { DEFAULT_UM_PER_PIXEL } from '../../vision/index.ts'
import { record } from '../audit/record.ts'
import { refuseIfReadBlind } from '../case-lock/boxes-held.ts'
import { lockCase } from '../case-lock/cases.ts'
import { refuseIfSigned } from '../case-lock/refuse-if-signed.ts'
import type { Cells, Database } from '../database/schema.ts'
import { notFound } from '../errors.ts'
import { tryAgain } from '../inference/try-again.ts'
import { originalOf } from '../originals/original.ts'
import type { Ports } from '../ports.ts'
import { boxOf, checkBox } from './cell-box.ts'
import { keepEmbeddings } from './cell-embeddings.ts'
import { cellOf } from './cell-row.ts'
import { log } from './change-log.ts'
import { namingOf } from './naming.ts'
import type { NewCell } from './schemas.ts'

/**
 * Adds the cell in a box that a person drew; the network names it, unless the person did.
 *
 * Errors: NOT_FOUND, CASE_SIGNED, BOXES_HELD, BOX_NOT_VALID; those of the networks.
 */
export async function addCell(
  ports: Ports,
  fieldId: string,
  userId: string,
  { box, type }: Static<typeof NewCell>,
) {
  const { db, inference } = ports
  const field = await fieldOf(db, fieldId)
  await refuseIfSigned(db, field.case_id)
  checkBox(box, field)
  const file = await originalOf(ports, fieldId)
  const scale = field.um_per_pixel ?? DEFAULT_UM_PER_PIXEL
  const named = await tryAgain(() => inference.recognise(file, scale, boxOf(box)))
  return db.transaction().execute(async (trx) => {
    const at = Date.now()
    await lockCase(trx, field.case_id, at)
    await refuseIfReadBlind(trx, field.case_id)
    await fieldOf(trx, fieldId)
    const row: Cells = {
      id: v7(),
      case_id: field.case_id,
      field_id: fieldId,
      analysis_id: null,
      x: box.x,
      y: box.y,
      width: box.width,
      height: box.height,
      detection: 1,
      type: type ?? named.type,
      subtype: null,
      tags: null,
      ...namingOf(named),
      touches_edge: named.touchesEdge ? 1 : 0,
      origin: 'person',
      reviewed: type ? 1 : 0,
      confirmed: type ? 'singly' : null,
      deleted: 0,
      version: 1,
      updated_by: userId,
      updated_at: at,
    }
    await trx.insertInto('cells').values(row).execute()
    const { recogniser, embedding } = named
    await keepEmbeddings(trx, [{ cell_id: row.id, case_id: row.case_id, recogniser, embedding }])
    const { confirmed } = row
    const after = { box, type: row.type, reviewed: row.reviewed === 1, confirmed, deleted: false }
    await log(trx, field.case_id, userId, at, [{ cellId: row.id, before: null, after }])
    await record(trx, { event: 'cell.add', caseId: field.case_id, subjectId: row.id, after })
    return { caseId: field.case_id, cell: cellOf(row) }
  })
}

async function fieldOf(db: Kysely<Database>, id: string) {
  const field = await db.selectFrom('fields').selectAll().where('id', '=', id).executeTakeFirst()
  if (!field) throw notFound('field')
  return field
}
