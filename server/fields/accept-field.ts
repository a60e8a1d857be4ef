import { copyFile, link, rm, stat } from 'node:fs/promises'
import type { Insertable } from 'kysely'
import { decode, type FieldImage, refuseByEnding } from '../../vision/index.ts'
import { record } from '../audit/record.ts'
import { lockCase } from '../case-lock/cases.ts'
import { refuseIfSigned } from '../case-lock/refuse-if-signed.ts'
import { isDuplicate } from '../database/is-duplicate.ts'
import type { Fields } from '../database/schema.ts'
import { HttpError } from '../errors.ts'
import { describeFile } from '../hashing/describe-file.ts'
import { sampleOf } from '../originals/sample.ts'
import type { Ports } from '../ports.ts'
import { slideOf } from '../slides/slides.ts'

export interface FileOfCase {
  /** The field's id. Given again after a crash, so that a file which was accepted already is not refused as its own duplicate. */
  id: string
  /** A finished local file. It is left where it is. */
  file: string
  caseId: string
  /** As shown to people. */
  fileName: string
  /** A slide of the case; without it the first. */
  slideId?: string | undefined
  /** What the sender says that the file's SHA-256 is, hexadecimal. */
  sha256?: string | undefined
  umPerPixel?: number | undefined
  /** Who sent it, where that is not who is calling. */
  userId?: string | undefined
}

type Port = Pick<Ports, 'db' | 'storage' | 'events' | 'decoding'>

/**
 * Takes an image into a case: whole, decodable to its last pixel and not there yet, or not at all. Returns the field's id.
 *
 * Errors: NOT_FOUND, CASE_SIGNED, CHECKSUM_DIFFERS, DUPLICATE, SLIDE_UNKNOWN, and those of vision's `refuseByEnding` and `decode` and of `Decoding.open`.
 */
export async function acceptField(ports: Port, given: FileOfCase): Promise<string> {
  const { db, storage, events } = ports
  const { id, file, caseId } = given
  await refuseIfSigned(db, caseId)
  const { sha256 } = await describeFile(file)
  if (given.sha256 && given.sha256.toLowerCase() !== sha256) {
    throw new HttpError(
      422,
      'CHECKSUM_DIFFERS',
      `${given.fileName} arrived changed: its checksum differs. Upload it again.`,
    )
  }
  const there = await sameImage(ports, caseId, sha256)
  if (there?.id === id) return id
  if (there) throw duplicate(given.fileName, there)
  refuseByEnding(given.fileName)
  const readWhole = async (image: FieldImage) => {
    // Every pixel is read, which is what shows a file that is cut short, and a few are kept.
    await decode(image, (picture) => picture.resize(32, 32, { fit: 'fill', fastShrinkOnLoad: false }))
    // Not the image itself, which would keep its pixels.
    const { width, height, umPerPixel, camera } = image
    return { width, height, umPerPixel, camera }
  }
  // All its bytes have come: it is not refused because others are read just then.
  const image = await ports.decoding.open(file, readWhole, { patience: Number.POSITIVE_INFINITY })
  const { size: bytes } = await stat(file)
  const sample_sha256 = await sampleOf(file)
  const key = `fields/${id}`
  await storage.put(key, await secondName(file))
  const row = {
    id,
    case_id: caseId,
    file_name: given.fileName,
    sha256,
    sample_sha256,
    bytes,
    width: image.width,
    height: image.height,
    um_per_pixel: given.umPerPixel ?? image.umPerPixel ?? null,
    tagged_um_per_pixel: image.umPerPixel ?? null,
    camera: image.camera ?? '',
    scale_source: given.umPerPixel ? 'given' : image.umPerPixel ? 'metadata' : null,
    storage_key: key,
    uploaded_by: given.userId ?? null,
  } as const
  try {
    await addRow(ports, given, row)
  } catch (error) {
    // The line may have broken after the row was written: what the row names must stay, and so it does where nobody can tell.
    const written = await isWritten(ports, id).catch(() => undefined)
    if (written === undefined) throw error
    if (written) {
      events.emit(caseId, { kind: 'fields' })
      return id
    }
    await storage.remove(key)
    const other = isDuplicate(error) && (await sameImage(ports, caseId, sha256))
    throw other ? duplicate(given.fileName, other) : error
  }
  events.emit(caseId, { kind: 'fields' })
  return id
}

type Known = Omit<
  Insertable<Fields>,
  | 'slide_id'
  | 'number'
  | 'warnings'
  | 'status'
  | 'error'
  | 'version'
  | 'created_at'
  | 'estimate'
  | 'image_fault'
  | 'image_checked_at'
>

function addRow({ db }: Port, { caseId, slideId, userId }: FileOfCase, known: Known): Promise<unknown> {
  const at = Date.now()
  return db.transaction().execute(async (trx) => {
    // Locked first, so that two files that arrive at once get two numbers.
    await lockCase(trx, caseId, at)
    const slide = await slideOf(trx, caseId, slideId)
    const { last } = await trx
      .selectFrom('fields')
      .select((eb) => eb.fn.max('number').as('last'))
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow()
    const number = Number(last ?? 0) + 1
    const fresh = {
      warnings: '[]',
      status: 'waiting',
      error: null,
      estimate: null,
      image_fault: null,
      image_checked_at: null,
      version: 1,
      created_at: at,
    } as const
    await trx
      .insertInto('fields')
      .values({ ...known, ...fresh, slide_id: slide, number })
      .execute()
    const after = { number, fileName: known.file_name, sha256: known.sha256, bytes: known.bytes }
    await record(trx, { event: 'field.accept', caseId, subjectId: known.id, userId, after })
  })
}

const sameImage = ({ db }: Port, caseId: string, sha256: string) =>
  db
    .selectFrom('fields')
    .select(['id', 'number'])
    .where('case_id', '=', caseId)
    .where('sha256', '=', sha256)
    .executeTakeFirst()

async function isWritten({ db }: Port, id: string): Promise<boolean> {
  return (await db.selectFrom('fields').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
}

const duplicate = (fileName: string, there: { number: number }) =>
  new HttpError(
    409,
    'DUPLICATE',
    `${fileName} is in this case already, as field ${there.number}; it was left out.`,
  )

/** The store takes a file away; the upload keeps its own until the row is there, so that a crash in between loses nothing. */
async function secondName(file: string): Promise<string> {
  const second = `${file}.accepted`
  await rm(second, { force: true })
  await link(file, second).catch(() => copyFile(file, second))
  return second
}
