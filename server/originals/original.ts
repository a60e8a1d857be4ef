/** The image of a field as it was accepted: whoever reads one asks here, and gets that or a refusal. */
import { stat } from 'node:fs/promises'
import type { Selectable } from 'kysely'
import { record } from '../audit/record.ts'
import { imagesRemovedAt, refuseIfImagesRemoved } from '../case-lock/images-removed.ts'
import type { Fields, ImageFault } from '../database/schema.ts'
import { HttpError, notFound } from '../errors.ts'
import { describeFile } from '../hashing/describe-file.ts'
import type { Ports } from '../ports.ts'
import { sampleOf } from './sample.ts'

type Port = Pick<Ports, 'db' | 'storage' | 'events'>
const COLUMNS = [
  'id',
  'case_id',
  'number',
  'storage_key',
  'bytes',
  'sha256',
  'sample_sha256',
  'image_fault',
] as const satisfies readonly (keyof Fields)[]
type Row = Selectable<Pick<Fields, (typeof COLUMNS)[number]>>

/** The image of one field is not what was accepted; the others of its case are none the worse. */
export class ImageDamaged extends HttpError {
  constructor(number: number) {
    super(
      409,
      'IMAGE_DAMAGED',
      `The image of field ${number} was changed or is missing; restore it from the backup.`,
    )
  }
}

/**
 * The path of a field's image. Compared are its size and a sample of it (`sampleOf`), which takes a millisecond; the whole where it was
 * found damaged before, so that a restored one is usable at once. What is found is kept with the field.
 *
 * Errors: NOT_FOUND, IMAGES_REMOVED, IMAGE_DAMAGED.
 */
export async function originalOf(ports: Port, fieldId: string): Promise<string> {
  const row = await ports.db.selectFrom('fields').select(COLUMNS).where('id', '=', fieldId).executeTakeFirst()
  if (!row) throw notFound('field')
  refuseIfImagesRemoved(await imagesRemovedAt(ports.db, row.case_id))
  const fault = await faultOf(ports, row, row.image_fault !== null)
  await keepFault(ports, row, fault)
  if (fault !== null) throw new ImageDamaged(row.number)
  return ports.storage.localPath(row.storage_key)
}

/** Looks at the images of a case, as reading each would, and keeps what is found. Not where they were removed on purpose. */
export async function lookAtImages(ports: Port, caseId: string): Promise<void> {
  if (await imagesRemovedAt(ports.db, caseId)) return
  const rows = await ports.db.selectFrom('fields').select(COLUMNS).where('case_id', '=', caseId).execute()
  for (const row of rows) await keepFault(ports, row, await faultOf(ports, row, row.image_fault !== null))
}

/** Compares the whole of a field's image, and says when. Nothing where the field is gone. */
export async function checkWhole(ports: Port, fieldId: string): Promise<void> {
  const { db } = ports
  const row = await db.selectFrom('fields').select(COLUMNS).where('id', '=', fieldId).executeTakeFirst()
  if (!row) return
  const fault = await faultOf(ports, row, true)
  // Of an image that was accepted before samples were kept.
  const sample =
    fault === null && row.sample_sha256 === null
      ? { sample_sha256: await sampleOf(await ports.storage.localPath(row.storage_key)) }
      : {}
  await keepFault(ports, row, fault)
  await db
    .updateTable('fields')
    .set({ image_checked_at: Date.now(), ...sample })
    .where('id', '=', fieldId)
    .execute()
}

/** Errors: those of reading, but for a file that is not there. */
async function faultOf({ storage }: Port, row: Row, whole: boolean): Promise<ImageFault | null> {
  try {
    const file = await storage.localPath(row.storage_key)
    if ((await stat(file)).size !== row.bytes) return 'changed'
    if (whole) return (await describeFile(file)).sha256 === row.sha256 ? null : 'changed'
    return row.sample_sha256 === null || (await sampleOf(file)) === row.sample_sha256 ? null : 'changed'
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(`${(error as NodeJS.ErrnoException).code}`)) return 'missing'
    throw error
  }
}

async function keepFault({ db, events }: Port, row: Row, fault: ImageFault | null): Promise<void> {
  if (fault === row.image_fault) return
  await db.transaction().execute(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('fields')
      .set({ image_fault: fault })
      .where('id', '=', row.id)
      // Of several that found it one tells.
      .where((e) =>
        row.image_fault === null ? e('image_fault', 'is', null) : e('image_fault', '=', row.image_fault),
      )
      .executeTakeFirst()
    if (Number(numUpdatedRows) === 0) return
    await record(trx, {
      event: 'field.image',
      caseId: row.case_id,
      subjectId: row.id,
      before: { imageFault: row.image_fault },
      after: { imageFault: fault },
    })
  })
  events.emit(row.case_id, { kind: 'fields' })
}
