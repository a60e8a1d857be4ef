import { createWriteStream } from 'node:fs'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Kysely } from 'kysely'
import sharp from 'sharp'
import { decode, openImage } from '../../vision/index.ts'
import { siteCellNames } from '../cell-names/site-names.ts'
import { idsOfCells } from '../cells/ids-of-cells.ts'
import { ruleOf } from '../counting-rules/rule-of-case.ts'
import { type CsvValue, csvOf } from '../csv.ts'
import { inChunks } from '../database/in-chunks.ts'
import type { Database } from '../database/schema.ts'
import { Pseudonyms } from './pseudonyms.ts'
import {
  CASE_COLUMNS,
  type CaseParts,
  CELL_COLUMNS,
  type CellWithClasses,
  caseLine,
  cellLine,
  FIELD_COLUMNS,
  fieldLine,
  imageName,
  NAME_COLUMNS,
  nameCodes,
  nameLine,
  README,
} from './tables.ts'
import { TAR_END, tarEntry } from './tar.ts'

/** Letters of cells that are gathered before they become a file. */
const PART = 8_000_000

export interface Archive {
  db: Kysely<Database>
  /** Where the .tar.gz is written. */
  file: string
  /** In the order in which they are to be written, which should be none that tells anything. */
  caseIds: readonly string[]
  images: boolean
  /** Does something with the file of a field's image; null where it is not what was accepted. */
  withOriginal: <T>(fieldId: string, use: (path: string) => Promise<T>) => Promise<T | null>
  onCase: (done: number) => void
}

const lines = (rows: readonly (readonly CsvValue[])[]) => csvOf(rows, '\n')

/**
 * Writes cases without identity into one archive. Memory holds a part of the cells, and a line of each case and field. Making
 * the lines takes most of the time, which no other request should wait: it is done in a thread (archive-worker.ts).
 */
export async function writeArchive({
  db,
  file,
  caseIds,
  images,
  withOriginal,
  onCase,
}: Archive): Promise<void> {
  const names = new Pseudonyms()
  const { entries: named } = await siteCellNames(db)
  const codes = nameCodes(named)
  const cases = [lines([CASE_COLUMNS])]
  const fields = [lines([FIELD_COLUMNS])]
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
      const found = await partsOf(db, id)
      // Removed since the set was chosen.
      if (!found) continue
      const study = names.of('S', id)
      const numbers = new Map(found.fields.map((field) => [field.id, field.number]))
      const withImages = images && found.caseRow.images_removed_at === null
      for (const field of found.fields) {
        // One that is not what was accepted is left out, and its row names no image.
        const content = withImages ? await withOriginal(field.id, bareImage) : null
        fields.push(lines([fieldLine(field, study, content !== null)]))
        if (content === null) continue
        yield tarEntry({ name: imageName(study, field.number), content })
      }
      let number = 0
      for (const ids of inChunks(await idsOfCells(db, id, 'there'))) {
        const some = lines(
          (await cellsOf(db, ids)).map((cell) =>
            cellLine(cell, study, numbers.get(cell.field_id) ?? 0, ++number, codes),
          ),
        )
        cells.push(some)
        letters += some.length
        if (letters > PART) yield part()
      }
      cases.push(lines([caseLine(found, number, names)]))
      onCase(done + 1)
    }
    if (letters > 0 || parts === 0) yield part()
    yield entry('names.csv', [lines([NAME_COLUMNS, ...named.map((one) => nameLine(one, codes))])])
    yield entry('fields.csv', fields)
    yield entry('cases.csv', cases)
    yield TAR_END
  }
  // Without a name and a time in its header, which gzip keeps as well.
  await pipeline(entries, new PassThrough(), createGzip(), createWriteStream(file))
}

async function cellsOf(db: Kysely<Database>, ids: readonly string[]): Promise<CellWithClasses[]> {
  return (
    db
      .selectFrom('cells')
      .leftJoin('analyses', 'analyses.id', 'analysis_id')
      .selectAll('cells')
      .select('classes')
      .where('cells.id', 'in', ids)
      // Removed since the ids were read.
      .where('deleted', '=', 0)
      .orderBy('cells.id')
      .execute()
  )
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
  return {
    caseRow,
    patient,
    rule: await ruleOf(db, caseRow),
    signedAt: summary?.signed_at ?? null,
    detector: summary?.detector ?? '',
    recogniser: summary?.recogniser ?? '',
    fields,
  }
}

/**
 * A field's picture as a PNG that is made from its pixels alone: nothing of the file is copied, so no EXIF, XMP, ICC profile,
 * TIFF tag, text chunk or further page, such as a scanner's picture of the label, can come along. It is upright, as the
 * boxes of its cells are. Errors: those of vision's `openImage` and `decode`.
 */
async function bareImage(file: string): Promise<Buffer> {
  const { data, width, height } = await decode(await openImage(file))
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
}
