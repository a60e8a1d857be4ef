import { v7 } from 'uuid'
import { NOT_IDENTIFIABLE } from '../../cytology/index.ts'
import { DEFAULT_UM_PER_PIXEL, decode } from '../../vision/index.ts'
import { holdCases } from '../case-lock/cases.ts'
import { imagesRemovedAt, refuseIfImagesRemoved } from '../case-lock/images-removed.ts'
import { boxOf } from '../cells/cell-box.ts'
import { cutCrop } from '../cells/cut-crop.ts'
import { HttpError, notFound } from '../errors.ts'
import { tryAgain } from '../inference/try-again.ts'
import { originalOf } from '../originals/original.ts'
import type { Ports } from '../ports.ts'
import { findReference } from './read-references.ts'
import { keyOf, SIDE, storePicture, UM } from './reference-picture.ts'

/**
 * Keeps a copy of a reviewed cell among the site's reference cells and returns its id; a cell that is there already is
 * not copied again. The copy holds the pixels, the type and the embedding; it is shown without its case, which is kept
 * only so that the copy goes when the patient is erased.
 *
 * Errors: NOT_FOUND, CELL_UNREVIEWED; those of the networks where the cell has no embedding yet, and of `Decoding.open`.
 */
export async function keepReference(ports: Ports, cellId: string, userId: string): Promise<string> {
  const { db, storage, inference, decoding } = ports
  const cell = await db
    .selectFrom('cells')
    .innerJoin('fields', 'fields.id', 'field_id')
    .leftJoin('cell_embeddings', 'cell_id', 'cells.id')
    .select(['cells.case_id', 'x', 'y', 'cells.width', 'cells.height', 'type', 'reviewed', 'deleted'])
    .select(['cells.field_id', 'um_per_pixel', 'recogniser', 'embedding'])
    .where('cells.id', '=', cellId)
    .executeTakeFirst()
  if (!cell || cell.deleted) throw notFound('cell')
  const { x, y, width, height, type } = cell
  if (!cell.reviewed || type === NOT_IDENTIFIABLE) {
    throw new HttpError(
      409,
      'CELL_UNREVIEWED',
      'Name or confirm the cell first: a reference shows a sure type.',
    )
  }
  refuseIfImagesRemoved(await imagesRemovedAt(db, cell.case_id))
  const file = await originalOf(ports, cell.field_id)
  const scale = cell.um_per_pixel ?? DEFAULT_UM_PER_PIXEL
  const { recogniser, embedding } =
    cell.recogniser && cell.embedding
      ? { recogniser: cell.recogniser, embedding: cell.embedding }
      : await tryAgain(() => inference.recognise(file, scale, boxOf(cell)))
  const there = await db
    .selectFrom('reference_cells')
    .select('id')
    .where('type', '=', type)
    .where('recogniser', '=', recogniser)
    .where('embedding', '=', embedding)
    .executeTakeFirst()
  if (there) return there.id
  const picture = await decoding.open(file, async (image) =>
    cutCrop(await decode(image), x + width / 2, y + height / 2, UM / scale, SIDE),
  )
  const id = v7()
  await storePicture(ports, id, picture)
  const kept = await db.transaction().execute(async (trx) => {
    const there = await holdCases(trx, [cell.case_id])
    // Its patient was erased while the picture was made.
    if (there === 0) return false
    const by = { created_by: userId, created_at: Date.now(), case_id: cell.case_id, set_id: null }
    const values = { id, type, note: '', storage_key: keyOf(id), recogniser, embedding, ...by }
    await trx
      .insertInto('reference_cells')
      .values({ ...values, origin: 'person' })
      .execute()
    return true
  })
  if (kept) return id
  await storage.remove(keyOf(id))
  throw notFound('cell')
}

/** Errors: NOT_FOUND, REFERENCE_DRAWN. */
export async function removeReference({ db, storage }: Ports, userId: string, id: string): Promise<void> {
  const row = await findReference(db, userId, id)
  if (row.origin === 'drawn') {
    throw new HttpError(
      409,
      'REFERENCE_DRAWN',
      'Drawn cells belong to the program; only kept ones can be removed.',
    )
  }
  if (row.origin === 'set') {
    throw new HttpError(
      409,
      'REFERENCE_OF_SET',
      'Cells of a public set are removed with their set, in the administration.',
    )
  }
  await db.deleteFrom('reference_cells').where('id', '=', id).execute()
  await storage.remove(row.storage_key)
}
