import { createWriteStream } from 'node:fs'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Kysely } from 'kysely'
import sharp from 'sharp'
import { decode, type FieldImage } from '../../vision/index.ts'
import { ruleOf } from '../counting-rules/rule-of-case.ts'
import { type CsvValue, csvOf } from '../csv.ts'
import type { Database } from '../database/schema.ts'
import { ImageDamaged, originalOf } from '../originals/original.ts'
import type { Ports } from '../ports.ts'
import { Pseudonyms } from './pseudonyms.ts'
import {
  CASE_COLUMNS,
  type CaseParts,
  CELL_COLUMNS,
  caseLine,
  cellLine,
  FIELD_COLUMNS,
  fieldLine,
  imageName,
  README,
} from './tables.ts'
import { TAR_END, tarEntry } from './tar.ts'

/** Letters of cells that are gathered before they become a file. */
const PART = 8_000_000

export interface Archive {
  /** Where the .tar.gz is written. */
  file: string
  /** In the order in which they are to be written, which should be none that tells anything. */
  caseIds: readonly string[]
  images: boolean
  signal: AbortSignal
  onCase: (done: number) => Promise<unknown>
}

const lines = (rows: readonly (readonly CsvValue[])[]) => csvOf(rows, '\n')

const unlessDamaged = (error: unknown): undefined => {
  if (!(error instanceof ImageDamaged)) throw error
}

/** Writes cases without identity into one archive, case by case: memory holds one case and a part of the cells. */
export async function writeArchive(
  ports: Pick<Ports, 'db' | 'storage' | 'events' | 'decoding'>,
  { file, caseIds, images, signal, onCase }: Archive,
): Promise<void> {
  const { db } = ports
  const names = new Pseudonyms()
  const cases: CsvValue[][] = [CASE_COLUMNS]
  const fields: CsvValue[][] = [FIELD_COLUMNS]
  let cells = [lines([CELL_COLUMNS])]
  let letters = 0
  let parts = 0
  const entry = (name: string, texts: readonly string[]) =>
    tarEntry({ name, content: Buffer.from(texts.join('')) })
  const part = () => {
    const made = entry(`cells-${String(++parts).padStart(3, '0')}.csv`, cells)
    cells = [lines([CELL_COLUMNS])]
    letters = 0
    return made
  }
  async function* entries(): AsyncGenerator<Buffer> {
    yield tarEntry({ name: 'README.txt', content: Buffer.from(README) })
    for (const [done, id] of caseIds.entries()) {
      signal.throwIfAborted()
      const found = await partsOf(db, id)
      // Removed since the set was chosen.
      if (!found) continue
      const study = names.of('S', id)
      cases.push(caseLine(found, names))
      const numbers = new Map(found.fields.map((field) => [field.id, field.number]))
      const withImages = images && found.caseRow.images_removed_at === null
      for (const field of found.fields) {
        // One that is not what was accepted is left out, and its row names no image.
        const original = withImages && (await originalOf(ports, field.id).catch(unlessDamaged))
        fields.push(fieldLine(field, study, Boolean(original)))
        if (!original) continue
        const content = await bareImage(ports, original, signal)
        yield tarEntry({ name: imageName(study, field.number), content })
      }
      const ofCase = lines(
        found.cells.map((cell, i) => cellLine(cell, study, numbers.get(cell.field_id) ?? 0, i + 1)),
      )
      cells.push(ofCase)
      letters += ofCase.length
      if (letters > PART) yield part()
      await onCase(done + 1)
    }
    if (letters > 0 || parts === 0) yield part()
    yield entry('fields.csv', [lines(fields)])
    yield entry('cases.csv', [lines(cases)])
    yield TAR_END
  }
  // Without a name and a time in its header, which gzip keeps as well.
  await pipeline(entries, new PassThrough(), createGzip(), createWriteStream(file), { signal })
}

async function partsOf(db: Kysely<Database>, id: string): Promise<CaseParts | undefined> {
  const caseRow = await db.selectFrom('cases').selectAll().where('id', '=', id).executeTakeFirst()
  if (!caseRow) return undefined
  const patient = await db
    .selectFrom('patients')
    .select(['birth_date', 'sex'])
    .where('id', '=', caseRow.patient_id)
    .executeTakeFirstOrThrow()
  const summary = await db
    .selectFrom('case_summaries')
    .select(['signed_at', 'detector', 'recogniser'])
    .where('case_id', '=', id)
    .executeTakeFirst()
  const fields = await db
    .selectFrom('fields')
    .selectAll()
    .where('case_id', '=', id)
    .orderBy('number')
    .execute()
  const cells = await db
    .selectFrom('cells')
    .leftJoin('analyses', 'analyses.id', 'analysis_id')
    .selectAll('cells')
    .select('classes')
    .where('cells.case_id', '=', id)
    .where('deleted', '=', 0)
    .orderBy('cells.id')
    .execute()
  return {
    caseRow,
    patient,
    rule: await ruleOf(db, caseRow),
    signedAt: summary?.signed_at ?? null,
    detector: summary?.detector ?? '',
    recogniser: summary?.recogniser ?? '',
    fields,
    cells,
  }
}

/**
 * A field's picture as a PNG that is made from its pixels alone: nothing of the file is copied, so no EXIF, XMP, ICC profile,
 * TIFF tag, text chunk or further page, such as a scanner's picture of the label, can come along. It is upright, as the
 * boxes of its cells are. Errors: those of `Decoding.open` and vision's `decode`.
 */
function bareImage(
  { decoding }: Pick<Ports, 'decoding'>,
  file: string,
  signal: AbortSignal,
): Promise<Buffer> {
  const png = async (image: FieldImage) => {
    const { data, width, height } = await decode(image)
    return sharp(data, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer()
  }
  return decoding.open(file, png, { signal, patience: Number.POSITIVE_INFINITY })
}
